// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {VotesExtendedUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/utils/VotesExtendedUpgradeable.sol";
import {ERC6372Utils} from "@openzeppelin/contracts/utils/ERC6372Utils.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ITierEngine} from "../tiers/ITierEngine.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IStakeVotes} from "./IStakeVotes.sol";

/// @notice Counts stake as votes; the checkpoints are OpenZeppelin's.
/// @dev Documented in `IStakeVotes`.
contract StakeVotes is IStakeVotes, Managed, VotesExtendedUpgradeable {
    using SafeCast for uint256;

    /// @param excluded As `account` is; a copy, so that a touch reads no third slot.
    /// @dev Two slots. Amounts stay below the token's cap of 1e28, which fits either width.
    struct Row {
        address account;
        uint96 units;
        uint112 delegated;
        uint112 self;
        bool excluded;
    }

    /// @custom:storage-location erc7201:tburn.storage.StakeVotes
    struct Storage {
        ITierEngine tiers;
        mapping(uint64 memberNo => Row) rows;
        mapping(uint256 positionId => uint256) values;
        mapping(address account => uint64 memberNo) bearers;
        mapping(address account => bool) excluded;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.StakeVotes")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x85ce798f39f1e06562b4e397f46ee2371e3540feeeb2b2f321799311ff24e100;

    uint256 private constant BPS = 10_000;

    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;
    IStakingCore private immutable _core;

    modifier onlyCore() {
        if (msg.sender != address(_core)) revert StakeVotes_OnlyCore(msg.sender);
        _;
    }

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IMemberRegistry members, IKycRegistry kyc, IValidatorRegistry validators, IStakingCore core) {
        _members = members;
        _kyc = kyc;
        _validators = validators;
        _core = core;
    }

    function initialize(address authority_) external initializer {
        __AccessManaged_init(authority_);
        __EIP712_init("TBURN StakeVotes", "1");
    }

    /// @notice Names the tier engine, once, when the system is deployed. Own stake counts nothing before.
    function connect(ITierEngine tiers) external restricted {
        Storage storage $ = _storage();
        if (address($.tiers) != address(0)) revert StakeVotes_AlreadyConnected();
        $.tiers = tiers;
    }

    /* HOOKS */

    /// @inheritdoc IStakeVotes
    function touchPosition(uint256 positionId, uint64 memberNo, uint256 value) external onlyCore {
        Row storage row = _storage().rows[memberNo];
        _setPosition(row, positionId, value);
        _count(memberNo, row);
    }

    /// @inheritdoc IStakeVotes
    function touchSelf(uint64 memberNo, uint256 self) external onlyCore {
        Row storage row = _storage().rows[memberNo];
        row.self = self.toUint112();
        _count(memberNo, row);
    }

    /* ANYONE */

    /// @inheritdoc IStakeVotes
    function sync(uint256[] calldata positionIds) external {
        for (uint256 i; i < positionIds.length; ++i) {
            uint256 positionId = positionIds[i];
            uint64 memberNo = _core.position(positionId).owner;
            if (memberNo == 0) revert StakeVotes_NoSuchPosition(positionId);
            Row storage row = _storage().rows[memberNo];
            uint256 value = _core.positionValue(positionId);
            uint256 before = _setPosition(row, positionId, value);
            if (before != value) emit PositionSynced(positionId, memberNo, before, value);
            _count(memberNo, row);
        }
    }

    /// @inheritdoc IStakeVotes
    function refresh(uint64 memberNo) external {
        Row storage row = _storage().rows[memberNo];
        uint32 validatorId = _validators.validatorOf(memberNo);
        if (validatorId != 0) row.self = _core.selfStakeOf(validatorId).toUint112();
        _count(memberNo, row);
    }

    /* ADMINISTRATION */

    /// @inheritdoc IStakeVotes
    function setExcluded(address account, bool excluded) external restricted {
        Storage storage $ = _storage();
        $.excluded[account] = excluded;
        emit ExclusionChanged(account, excluded);
        uint64 memberNo = $.bearers[account];
        if (memberNo == 0) return;
        $.rows[memberNo].excluded = excluded;
        _count(memberNo, $.rows[memberNo]);
    }

    /* VIEWS */

    /// @inheritdoc IStakeVotes
    function holding(uint64 memberNo) external view returns (Holding memory) {
        Row storage row = _storage().rows[memberNo];
        return Holding(row.account, row.delegated, row.self, row.units);
    }

    /// @inheritdoc IStakeVotes
    function isExcluded(address account) external view returns (bool) {
        return _storage().excluded[account];
    }

    /// @inheritdoc IStakeVotes
    function positionUnits(uint256 positionId) external view returns (uint256) {
        return _storage().values[positionId];
    }

    /// @inheritdoc IStakeVotes
    function balanceOf(address account) external view returns (uint256) {
        return _getVotingUnits(account);
    }

    /// @inheritdoc IStakeVotes
    function totalSupply() external view returns (uint256) {
        return _getTotalSupply();
    }

    /// @inheritdoc IStakeVotes
    function name() external pure returns (string memory) {
        return "TBURN Voting Units";
    }

    /// @inheritdoc IStakeVotes
    function symbol() external pure returns (string memory) {
        return "vTBURN";
    }

    /// @inheritdoc IStakeVotes
    function decimals() external pure returns (uint8) {
        return 18;
    }

    /// @notice Whom an account lets speak; itself until it says otherwise. Storing that for everybody would cost each first
    /// delegation three slots.
    function delegates(address account) public view override returns (address) {
        address chosen = super.delegates(account);
        return chosen == address(0) ? account : chosen;
    }

    /// @notice As `delegates`, at a second that is past.
    function getPastDelegate(address account, uint256 timepoint) public view override returns (address) {
        address chosen = super.getPastDelegate(account, timepoint);
        return chosen == address(0) ? account : chosen;
    }

    /// @notice Seconds (ERC-6372).
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public view override returns (string memory) {
        return ERC6372Utils.timestampClockMode(clock);
    }

    /* INTERNALS */

    /// @dev Taking a choice back means speaking for oneself: votes never leave the count that way.
    function _delegate(address account, address delegatee) internal override {
        super._delegate(account, delegatee == address(0) ? account : delegatee);
    }

    /// @return before Value that counted until now.
    function _setPosition(Row storage row, uint256 positionId, uint256 value) private returns (uint256 before) {
        Storage storage $ = _storage();
        before = $.values[positionId];
        if (before == value) return before;
        row.delegated = (uint256(row.delegated) + value - before).toUint112();
        $.values[positionId] = value;
    }

    /// @dev Brings the member's units, and the wallet that carries them, to what holds now.
    function _count(uint64 memberNo, Row storage row) private {
        address owner = _members.ownerOf(memberNo);
        if (owner == address(0)) revert StakeVotes_NoSuchMember(memberNo);
        address account = row.account;
        if (account != owner) row.excluded = _storage().excluded[owner];
        uint256 units = _unitsOf(memberNo, row);
        uint256 before = row.units;
        if (account != owner && (before != 0 || units != 0)) _bind(memberNo, row, account, owner, before);
        if (units == before) return;

        // Effect: units first, checkpoints after: a past balance is read from the units at the time of its checkpoint.
        row.units = units.toUint96();
        if (units > before) _transferVotingUnits(address(0), owner, units - before);
        else _transferVotingUnits(owner, address(0), before - units);
        emit UnitsCounted(memberNo, owner, before, units);
    }

    /// @dev Gives the member's units to `owner`, who speaks for itself unless it chose otherwise before.
    function _bind(uint64 memberNo, Row storage row, address from, address owner, uint256 units) private {
        Storage storage $ = _storage();
        // Effect: whoever gave its membership away and took another one may still carry units of the first.
        uint64 stale = $.bearers[owner];
        if (stale != 0) _evict(stale, owner);
        if (from != address(0)) delete $.bearers[from];
        $.bearers[owner] = memberNo;
        row.account = owner;
        emit HolderChanged(memberNo, from, owner);
        if (units != 0) _transferVotingUnits(from, owner, units);
    }

    /// @dev The units wait without a wallet until the next touch or `refresh` of the member.
    function _evict(uint64 memberNo, address account) private {
        Storage storage $ = _storage();
        Row storage row = $.rows[memberNo];
        uint256 units = row.units;
        delete $.bearers[account];
        (row.account, row.units) = (address(0), 0);
        emit HolderChanged(memberNo, account, address(0));
        if (units == 0) return;
        _transferVotingUnits(account, address(0), units);
        emit UnitsCounted(memberNo, account, units, 0);
    }

    function _unitsOf(uint64 memberNo, Row storage row) private view returns (uint256 units) {
        if (row.excluded) return 0;
        if (_members.statusOf(memberNo) != MemberStatus.Active || _kyc.levelOf(memberNo) < KycLevel.Basic) return 0;
        units = row.delegated;
        uint256 self = row.self;
        ITierEngine tiers = _storage().tiers;
        if (self == 0 || address(tiers) == address(0)) return units;
        units += (self * tiers.ownStakeWeightBps(_validators.validatorOf(memberNo))) / BPS;
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        Storage storage $ = _storage();
        uint64 memberNo = $.bearers[account];
        return memberNo == 0 ? 0 : $.rows[memberNo].units;
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
