// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IStakeVotes} from "../governance/IStakeVotes.sol";
import {PoolMath} from "../libraries/PoolMath.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {IBondingGuard} from "../slashing/IBondingGuard.sol";
import {Pool} from "../types/Pool.sol";
import {Cohorts} from "./Cohorts.sol";
import {IStakingCore} from "./IStakingCore.sol";

/// @notice Storage of the staking core, and the moves that all its verbs share.
abstract contract StakingLedger is IStakingCore {
    using Cohorts for Cohort;
    using PoolMath for Pool;
    using SafeCast for uint256;

    /// @custom:storage-location erc7201:tburn.storage.StakingCore
    struct Storage {
        address vault;
        uint64 lienCount;
        Windows windows;
        uint256 positionCount;
        uint256 requestCount;
        mapping(uint32 validatorId => ValStake) stakes;
        mapping(uint32 validatorId => mapping(uint32 day => Cohort)) cohorts;
        mapping(uint256 positionId => Position) positions;
        mapping(uint256 requestId => Request) requests;
        mapping(uint64 lienId => Lien) liens;
        mapping(uint64 memberNo => mapping(uint32 validatorId => uint256)) positionOf;
        mapping(uint32 validatorId => uint256) accumulators;
        mapping(uint32 validatorId => uint256) carries;
        mapping(uint32 validatorId => mapping(uint16 gen => uint256)) finalAccumulators;
        IProtocolPause pause;
        uint96 totalStake;
        IStakeVotes votes;
        uint40 nextUnbonding;
        uint40 nextUnbondingAt;
        IBondingGuard[] guards;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.StakingCore")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x25454243e4ce3998c2eca99f610d373c5e26047f96aaa6fc1f9f742ca9ae2500;

    uint64 internal constant WAD = 1e18;
    uint256 internal constant RAY = 1e27;
    /// @dev Flag of `ValStake`: its fraction was set to one.
    uint32 internal constant STARTED = 1;

    /* POSITIONS */

    function _openPosition(uint64 memberNo, uint32 validatorId, uint16 gen) internal returns (uint256 positionId) {
        Storage storage $ = _storage();
        positionId = ++$.positionCount;
        Position storage p = $.positions[positionId];
        p.owner = memberNo;
        p.val = validatorId;
        p.gen = gen;
        p.since = uint40(block.timestamp);
        p.accPaid = $.accumulators[validatorId];
        ++$.stakes[validatorId].nPos;
    }

    function _closePosition(uint256 positionId, Position storage p) internal {
        Storage storage $ = _storage();
        p.shares = 0;
        p.lien = 0;
        if ($.positionOf[p.owner][p.val] == positionId) delete $.positionOf[p.owner][p.val];
        // Positions of a wiped generation are no longer counted.
        ValStake storage s = $.stakes[p.val];
        if (p.gen == s.del.gen) --s.nPos;
    }

    /// @dev Moves rewards earned since the last touch into `unpaid`. Must run before shares change.
    function _settle(Position storage p) internal {
        (uint256 earned, uint256 acc) = _earned(p);
        if (earned != 0) p.unpaid = (uint256(p.unpaid) + earned).toUint128();
        p.accPaid = acc;
    }

    function _earned(Position storage p) internal view returns (uint256 earned, uint256 acc) {
        Storage storage $ = _storage();
        // A wiped generation earned until its end, and nothing after.
        acc = p.gen == $.stakes[p.val].del.gen ? $.accumulators[p.val] : $.finalAccumulators[p.val][p.gen];
        if (acc != p.accPaid && p.shares != 0) earned = Math.mulDiv(p.shares, acc - p.accPaid, RAY);
    }

    function _valueOf(Position storage p) internal view returns (uint256) {
        Pool memory pool = _load(_storage().stakes[p.val].del);
        return pool.gen == p.gen ? pool.toTokensDown(p.shares) : 0;
    }

    /* POOLS */

    /// @dev One copy of the packing code instead of one per use: the contract's size is bounded.
    function _load(Pool storage stored) internal view returns (Pool memory) {
        return stored;
    }

    function _save(Pool storage stored, Pool memory pool) internal {
        stored.tokens = pool.tokens;
        stored.shares = pool.shares;
        stored.gen = pool.gen;
    }

    /* TOTALS AND WINDOWS */

    /// @dev Safe: all stake fits the token's cap, which is far below 2^96.
    function _gain(uint256 tokens) internal {
        _storage().totalStake += uint96(tokens);
    }

    function _lose(uint256 tokens) internal {
        _storage().totalStake -= uint96(tokens);
    }

    function _unbonding() internal view returns (uint40) {
        Storage storage $ = _storage();
        bool changed = $.nextUnbondingAt != 0 && block.timestamp >= $.nextUnbondingAt;
        return changed ? $.nextUnbonding : $.windows.unbonding;
    }

    /* LIENS */

    /// @return Loss of the redelegated tokens, had they stayed and left on the lien's day.
    function _owed(uint64 lienId) internal view returns (uint256) {
        if (lienId == 0) return 0;
        Lien storage l = _storage().liens[lienId];
        return Cohorts.owed(_load(_storage().cohorts[l.src][l.day].redel), l);
    }

    /* VIEWS */

    /// @inheritdoc IStakingCore
    function windows() external view returns (Windows memory w) {
        w = _storage().windows;
        w.unbonding = _unbonding();
    }

    /// @inheritdoc IStakingCore
    function shortestUnbonding() external view returns (uint40) {
        uint40 next = _storage().nextUnbonding;
        uint40 current = _unbonding();
        return next != 0 && next < current ? next : current;
    }

    /// @inheritdoc IStakingCore
    function totalStake() external view returns (uint256) {
        return _storage().totalStake;
    }

    /// @inheritdoc IStakingCore
    function validatorStake(uint32 validatorId) external view returns (ValStake memory) {
        return _storage().stakes[validatorId];
    }

    /// @inheritdoc IStakingCore
    function selfStakeOf(uint32 validatorId) external view returns (uint256) {
        return _storage().stakes[validatorId].self;
    }

    /// @inheritdoc IStakingCore
    function totalStakeOf(uint32 validatorId) external view returns (uint256) {
        ValStake storage s = _storage().stakes[validatorId];
        return uint256(s.self) + s.del.tokens;
    }

    /// @inheritdoc IStakingCore
    function stakesOf(uint32 validatorId) external view returns (uint256 self, uint256 delegated) {
        ValStake storage s = _storage().stakes[validatorId];
        return (s.self, s.del.tokens);
    }

    /// @inheritdoc IStakingCore
    function openCasesOf(uint32 validatorId) external view returns (uint16) {
        return _storage().stakes[validatorId].openCases;
    }

    /// @inheritdoc IStakingCore
    function position(uint256 positionId) external view returns (Position memory) {
        return _storage().positions[positionId];
    }

    /// @inheritdoc IStakingCore
    function positionOf(uint64 memberNo, uint32 validatorId) external view returns (uint256 positionId) {
        return _storage().positionOf[memberNo][validatorId];
    }

    /// @inheritdoc IStakingCore
    function positionValue(uint256 positionId) external view returns (uint256 tokens) {
        return _valueOf(_storage().positions[positionId]);
    }

    /// @inheritdoc IStakingCore
    function pendingRewards(uint256 positionId) external view returns (uint256) {
        Position storage p = _storage().positions[positionId];
        (uint256 earned, ) = _earned(p);
        return p.unpaid + earned;
    }

    /// @inheritdoc IStakingCore
    function accumulatorOf(uint32 validatorId) external view returns (uint256 ray) {
        return _storage().accumulators[validatorId];
    }

    /// @inheritdoc IStakingCore
    function request(uint256 requestId) external view returns (Request memory) {
        return _storage().requests[requestId];
    }

    /// @inheritdoc IStakingCore
    function requestValue(uint256 requestId) external view returns (uint256 tokens) {
        Request storage r = _storage().requests[requestId];
        Pool memory pool = _load(_storage().cohorts[r.val][r.day].poolOf(r.kind));
        return pool.gen == r.gen ? pool.toTokensDown(r.shares) : 0;
    }

    /// @inheritdoc IStakingCore
    function maturesAt(uint256 requestId) external view returns (uint40) {
        Request storage r = _storage().requests[requestId];
        Cohort storage c = _storage().cohorts[r.val][r.day];
        return c.maturesAt == 0 ? 0 : c.matures(_storage().pause.tolledSeconds());
    }

    /// @inheritdoc IStakingCore
    function cohort(uint32 validatorId, uint32 day) external view returns (Cohort memory) {
        return _storage().cohorts[validatorId][day];
    }

    /// @inheritdoc IStakingCore
    function lien(uint64 lienId) external view returns (Lien memory) {
        return _storage().liens[lienId];
    }

    /// @inheritdoc IStakingCore
    function lienOwed(uint64 lienId) external view returns (uint256) {
        return _owed(lienId);
    }

    /// @inheritdoc IStakingCore
    function dayOf(uint40 timestamp) public view returns (uint32) {
        return uint32(timestamp / _storage().windows.cohort);
    }

    function _storage() internal pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
