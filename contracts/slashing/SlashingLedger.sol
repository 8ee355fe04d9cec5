// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {IPerformanceOracle} from "../performance/IPerformanceOracle.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ITBurnToken} from "../token/ITBurnToken.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IBondingGuard} from "./IBondingGuard.sol";
import {IInsuranceFund} from "./IInsuranceFund.sol";
import {ISlashingManager} from "./ISlashingManager.sol";
import {SlashingRules} from "./SlashingRules.sol";

/// @notice Storage of the slashing manager, its parameters and its views.
abstract contract SlashingLedger is ISlashingManager, Managed {
    /// @notice The contracts that a case touches.
    struct Peers {
        ITBurnToken token;
        IMemberRegistry members;
        IValidatorRegistry validators;
        IStakingCore core;
        IProtocolPause pause;
        IInsuranceFund insurance;
        IPerformanceOracle oracle;
    }

    /// @param epoch Latest epoch punished.
    /// @param since When; 0 if never.
    struct Downtime {
        uint32 epoch;
        uint40 since;
    }

    /// @custom:storage-location erc7201:tburn.storage.SlashingManager
    struct Storage {
        SlashingRules.Schedule schedule;
        Terms terms;
        uint256 caseCount;
        mapping(uint256 caseId => Case) cases;
        mapping(Kind kind => uint64) fractions;
        mapping(bytes32 offence => bool) known;
        mapping(bytes32 commitment => uint48) commitments;
        mapping(uint64 height => uint40) anchors;
        mapping(uint32 validatorId => Downtime) downtimes;
        mapping(uint32 validatorId => uint40) settledJails;
        RateLimiter.SlidingWindow slashed;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.SlashingManager")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0xf9ebbe36b1c71ac0c1d83a39c1d005416bf326d1a54615249703b8053c881600;

    uint64 internal constant WAD = 1e18;
    uint256 internal constant BPS = 10_000;

    ITBurnToken internal immutable _token;
    IMemberRegistry internal immutable _members;
    IValidatorRegistry internal immutable _validators;
    IStakingCore internal immutable _core;
    IProtocolPause internal immutable _pause;
    IInsuranceFund internal immutable _insurance;
    IPerformanceOracle internal immutable _oracle;

    modifier whenOpen() {
        _requireOpen();
        _;
    }

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(Peers memory peers) {
        _token = peers.token;
        _members = peers.members;
        _validators = peers.validators;
        _core = peers.core;
        _pause = peers.pause;
        _insurance = peers.insurance;
        _oracle = peers.oracle;
    }

    /* PARAMETERS */

    /// @inheritdoc ISlashingManager
    function setWindows(Windows calldata windows_) external restricted {
        Storage storage $ = _storage();
        SlashingRules.schedule($.schedule, windows_, $.terms.slashJail, _core);
    }

    /// @inheritdoc ISlashingManager
    function setTerms(Terms calldata terms_) external restricted {
        SlashingRules.setTerms(_storage().terms, _storage().schedule, terms_);
    }

    /// @inheritdoc ISlashingManager
    function setFraction(Kind kind, uint64 fraction) external restricted {
        SlashingRules.setFraction(_storage().fractions, kind, fraction);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingManager
    function caseCount() external view returns (uint256) {
        return _storage().caseCount;
    }

    /// @inheritdoc ISlashingManager
    function caseOf(uint256 caseId) external view returns (Case memory) {
        return _storage().cases[caseId];
    }

    /// @inheritdoc ISlashingManager
    function stateOf(uint256 caseId) external view returns (State) {
        return _storage().cases[caseId].state;
    }

    /// @inheritdoc ISlashingManager
    function deadlinesOf(uint256 caseId) external view returns (Deadlines memory) {
        return _deadlines(_require(caseId));
    }

    /// @inheritdoc ISlashingManager
    function actionsOf(uint256 caseId) external view returns (Actions memory can) {
        Case storage c = _require(caseId);
        if (!_pause.isPaused(IProtocolPause.Scope.Slashing)) return SlashingRules.actionsOf(c, _deadlines(c));
    }

    /// @inheritdoc ISlashingManager
    function windows() public view returns (Windows memory) {
        return SlashingRules.inForce(_storage().schedule);
    }

    /// @inheritdoc ISlashingManager
    function scheduledWindows() external view returns (Windows memory scheduled, uint40 effectiveAt) {
        SlashingRules.Schedule storage s = _storage().schedule;
        if (block.timestamp < s.effectiveAt) return (s.coming, s.effectiveAt);
    }

    /// @inheritdoc IBondingGuard
    function longestSeconds() external view returns (uint40) {
        return SlashingRules.longestSeconds(_storage().schedule);
    }

    /// @inheritdoc ISlashingManager
    function terms() external view returns (Terms memory) {
        return _storage().terms;
    }

    /// @inheritdoc ISlashingManager
    function fractionOf(Kind kind) external view returns (uint64) {
        return _storage().fractions[kind];
    }

    /// @inheritdoc ISlashingManager
    function highestFractionOf(Kind kind) external pure returns (uint64) {
        return SlashingRules.highestFractionOf(kind);
    }

    /// @inheritdoc ISlashingManager
    function breaker() public view returns (uint256 used, uint256 limit) {
        return SlashingRules.breaker(_storage().slashed, _core);
    }

    /// @inheritdoc ISlashingManager
    function anchorOf(uint64 height) external view returns (uint40 timestamp) {
        return _storage().anchors[height];
    }

    /// @inheritdoc ISlashingManager
    function commitmentBlock(bytes32 commitment) external view returns (uint48) {
        return _storage().commitments[commitment];
    }

    /// @inheritdoc ISlashingManager
    function lastDowntime(uint32 validatorId) external view returns (uint32 epoch, uint40 since) {
        Downtime storage last = _storage().downtimes[validatorId];
        return (last.epoch, last.since);
    }

    /// @inheritdoc ISlashingManager
    function settledJailOf(uint32 validatorId) external view returns (uint40 until) {
        return _storage().settledJails[validatorId];
    }

    /* INTERNALS */

    function _requireOpen() private view {
        _pause.requireOpen(IProtocolPause.Scope.Slashing);
    }

    function _require(uint256 caseId) internal view returns (Case storage c) {
        c = _storage().cases[caseId];
        if (c.state == State.None) revert SlashingManager_NoSuchCase(caseId);
    }

    /// @dev Deadlines wait by what pauses tolled since the opening.
    function _deadlines(Case storage c) internal view returns (Deadlines memory) {
        uint40 tolled = _pause.tolledSeconds() - c.tolledAt;
        return Deadlines(c.appealBy + tolled, c.decideBy + tolled, c.lateFrom + tolled, c.executeBy + tolled);
    }

    function _isProven(Kind kind) internal pure returns (bool) {
        return kind <= Kind.Downtime;
    }

    function _storage() internal pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
