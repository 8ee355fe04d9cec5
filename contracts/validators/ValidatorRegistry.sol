// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";

import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {ConsensusKeys, KeyType} from "../libraries/ConsensusKeys.sol";
import {Managed} from "../libraries/Managed.sol";
import {TierTable} from "../libraries/TierTable.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ITierEngine} from "../tiers/ITierEngine.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {MemberTier} from "../types/MemberTier.sol";
import {IValidatorRegistry} from "./IValidatorRegistry.sol";

/// @notice Validators, commissions and the active set.
/// @dev Documented in `IValidatorRegistry`.
contract ValidatorRegistry is IValidatorRegistry, Managed, EIP712Upgradeable {
    /// @custom:storage-location erc7201:tburn.storage.ValidatorRegistry
    struct Storage {
        IStakingCore core;
        uint32 count;
        uint32 activeCount;
        uint32 maxActive;
        uint40 commissionDelay;
        uint40 commissionWindow;
        mapping(uint32 validatorId => Validator) validators;
        mapping(uint64 memberNo => uint32) ids;
        mapping(bytes32 keyHash => KeyRecord) keys;
        ITierEngine tiers;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.ValidatorRegistry")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x22203f67e3bd2aa3ac098a96c132e1659e2b695e26c18aafc3bbfdc7bbb4f700;

    bytes32 private constant POSSESSION_TYPEHASH = keccak256("KeyPossession(uint64 memberNo,bytes32 keyHash)");

    /// @dev Largest rise of a commission per declaration, basis points (protocol §3).
    uint16 private constant MAX_STEP_BPS = 300;
    uint256 private constant MAX_NAME_BYTES = 64;

    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IMemberRegistry members, IKycRegistry kyc) {
        _members = members;
        _kyc = kyc;
    }

    /// @param commissionDelay Seconds from declaring a rise to its window.
    /// @param commissionWindow Seconds that the window stays open.
    function initialize(
        address authority_,
        uint32 maxActive_,
        uint40 commissionDelay,
        uint40 commissionWindow
    ) external initializer {
        if (maxActive_ == 0 || commissionDelay == 0 || commissionWindow == 0) revert ValidatorRegistry_BadWindows();
        __AccessManaged_init(authority_);
        __EIP712_init("TBURN ValidatorRegistry", "1");
        Storage storage $ = _storage();
        $.maxActive = maxActive_;
        $.commissionDelay = commissionDelay;
        $.commissionWindow = commissionWindow;
    }

    /// @notice Names the staking core and the tier engine, once, when the system is deployed.
    function connect(IStakingCore core, ITierEngine tiers) external restricted {
        Storage storage $ = _storage();
        if (address($.core) != address(0)) revert ValidatorRegistry_AlreadyConnected();
        $.core = core;
        $.tiers = tiers;
    }

    /* LIFE */

    /// @inheritdoc IValidatorRegistry
    function register(ValidatorParams calldata params, bytes calldata keyPoP) external returns (uint32 validatorId) {
        Storage storage $ = _storage();

        // Check: an active member with Enhanced KYC and no validator yet.
        uint64 memberNo = _requireActiveMember();
        _requireKyc(memberNo, KycLevel.Enhanced);
        if ($.ids[memberNo] != 0) revert ValidatorRegistry_AlreadyValidator(memberNo, $.ids[memberNo]);

        // Check: the key is new and held, name and commission are in bounds.
        bytes32 keyHash = _requireNewKey(memberNo, params.keyType, params.consensusKey, keyPoP);
        _requireName(params.name);
        if (params.maxCommissionBps > 10_000) {
            revert ValidatorRegistry_CommissionOutOfBand(params.maxCommissionBps, params.commissionBps, 10_000);
        }
        TierTable.Terms memory terms = TierTable.terms(MemberTier.CandidateValidator);
        _requireBand(params.commissionBps, terms.minCommissionBps, terms.maxCommissionBps, params.maxCommissionBps);

        // Effect: the validator exists, inactive and without stake.
        validatorId = ++$.count;
        $.ids[memberNo] = validatorId;
        $.keys[keyHash] = KeyRecord(validatorId, params.keyType, uint40(block.timestamp), 0);
        Validator storage v = $.validators[validatorId];
        v.memberNo = memberNo;
        v.commissionBps = params.commissionBps;
        v.maxCommissionBps = params.maxCommissionBps;
        v.keyType = params.keyType;
        v.minDelegation = params.minDelegation;
        v.keyHash = keyHash;
        _announce(validatorId, memberNo, keyHash, params);
    }

    /// @inheritdoc IValidatorRegistry
    function rotateConsensusKey(
        uint32 validatorId,
        KeyType keyType,
        bytes calldata newKey,
        bytes calldata keyPoP
    ) external {
        Storage storage $ = _storage();
        Validator storage v = _requireOperator(validatorId);

        // Check: not accused, not barred, and the key is new and held.
        if (v.tombstoned) revert ValidatorRegistry_Tombstoned(validatorId);
        _requireNoCase(validatorId);
        bytes32 keyHash = _requireNewKey(v.memberNo, keyType, newKey, keyPoP);

        // Effect: the old key's time ends where the new one's begins.
        bytes32 oldHash = v.keyHash;
        $.keys[oldHash].validUntil = uint40(block.timestamp);
        $.keys[keyHash] = KeyRecord(validatorId, keyType, uint40(block.timestamp), 0);
        v.keyHash = keyHash;
        v.keyType = keyType;
        emit KeyRotated(validatorId, oldHash, keyHash, keyType, newKey);
    }

    /// @inheritdoc IValidatorRegistry
    function setMetadata(uint32 validatorId, string calldata name) external {
        _requireOperator(validatorId);
        _requireName(name);
        emit ValidatorMetadataChanged(validatorId, name);
    }

    /// @inheritdoc IValidatorRegistry
    function setMinDelegation(uint32 validatorId, uint112 minDelegation) external {
        _requireOperator(validatorId).minDelegation = minDelegation;
        emit MinDelegationChanged(validatorId, minDelegation);
    }

    /* COMMISSION */

    /// @inheritdoc IValidatorRegistry
    function declareCommission(uint32 validatorId, uint16 bps) external {
        Storage storage $ = _storage();
        Validator storage v = _requireOperator(validatorId);
        _requireNoCase(validatorId);
        uint16 current = commissionOf(validatorId);
        _requireTierBand(validatorId, bps, current, v.maxCommissionBps);

        // Effect: a lower rate helps delegators and needs no delay.
        if (bps <= current) {
            v.executableAt = 0;
            _changeCommission(validatorId, v, bps);
            return;
        }
        if (bps > current + MAX_STEP_BPS) revert ValidatorRegistry_StepTooLarge(bps, current + MAX_STEP_BPS);
        v.pendingBps = bps;
        v.executableAt = uint40(block.timestamp) + $.commissionDelay;
        v.expiresAt = v.executableAt + $.commissionWindow;
        emit CommissionDeclared(validatorId, bps, v.executableAt, v.expiresAt);
    }

    /// @inheritdoc IValidatorRegistry
    function executeCommission(uint32 validatorId) external {
        Validator storage v = _require(validatorId);
        uint16 bps = v.pendingBps;

        // Check: declared, ripe, not stale, and still inside what the tier and the step allow.
        if (v.executableAt == 0) revert ValidatorRegistry_NothingDeclared(validatorId);
        if (block.timestamp < v.executableAt) revert ValidatorRegistry_NotYet(v.executableAt);
        if (block.timestamp >= v.expiresAt) revert ValidatorRegistry_WindowClosed(v.expiresAt);
        _requireNoCase(validatorId);
        uint16 current = commissionOf(validatorId);
        _requireTierBand(validatorId, bps, current, v.maxCommissionBps);
        uint16 highest = current + MAX_STEP_BPS;
        if (bps > highest) revert ValidatorRegistry_StepTooLarge(bps, highest);

        v.executableAt = 0;
        _changeCommission(validatorId, v, bps);
    }

    /// @inheritdoc IValidatorRegistry
    function clampCommission(uint32 validatorId) external returns (uint16 bps) {
        return _clampCommission(validatorId, _require(validatorId));
    }

    /* ACTIVE SET */

    /// @inheritdoc IValidatorRegistry
    function activate(uint32 validatorId, uint32 replace) external {
        Storage storage $ = _storage();
        Validator storage v = _requireOperator(validatorId);

        // Check: eligible, at liberty, not active yet.
        if (v.active) revert ValidatorRegistry_AlreadyActive(validatorId);
        if (v.tombstoned) revert ValidatorRegistry_Tombstoned(validatorId);
        if (v.jailedUntil != 0) revert ValidatorRegistry_Jailed(validatorId, v.jailedUntil);
        _requireNoCase(validatorId);
        $.tiers.evaluate(v.memberNo);
        if (!_isEligible(validatorId, v)) revert ValidatorRegistry_NotEligible(validatorId, tierOf(validatorId));

        // Effect: a full set makes room only for one that outstakes a member of it by a tenth.
        if ($.activeCount >= $.maxActive) {
            Validator storage victim = $.validators[replace];
            if (!victim.active) revert ValidatorRegistry_SetFull($.maxActive);
            uint256 total = $.core.totalStakeOf(validatorId);
            uint256 needed = ($.core.totalStakeOf(replace) * 11) / 10;
            if (total < needed) revert ValidatorRegistry_NotOutstaked(total, needed);
            _deactivate(replace, victim, DeactivationReason.Outstaked);
        }
        v.active = true;
        ++$.activeCount;
        emit ValidatorActivated(validatorId);
        _clampCommission(validatorId, v);
    }

    /// @inheritdoc IValidatorRegistry
    function deactivate(uint32 validatorId) external {
        Validator storage v = _require(validatorId);
        if (!v.active) revert ValidatorRegistry_NotActive(validatorId);
        if (_members.isOperator(v.memberNo, msg.sender)) {
            _deactivate(validatorId, v, DeactivationReason.Voluntary);
        } else if (!_isEligible(validatorId, v)) {
            _deactivate(validatorId, v, DeactivationReason.BelowThreshold);
        } else {
            revert ValidatorRegistry_NotOperator(validatorId, msg.sender);
        }
    }

    /* SANCTIONS */

    /// @inheritdoc IValidatorRegistry
    function jail(uint32 validatorId, uint40 until) external restricted {
        Validator storage v = _require(validatorId);
        if (until > v.jailedUntil) v.jailedUntil = until;
        v.executableAt = 0;
        if (v.active) _deactivate(validatorId, v, DeactivationReason.Jailed);
        emit ValidatorJailed(validatorId, v.jailedUntil);
    }

    /// @inheritdoc IValidatorRegistry
    function release(uint32 validatorId) external restricted {
        Validator storage v = _require(validatorId);
        if (v.jailedUntil <= block.timestamp) return;
        v.jailedUntil = uint40(block.timestamp);
        emit ValidatorJailed(validatorId, v.jailedUntil);
    }

    /// @inheritdoc IValidatorRegistry
    function unjail(uint32 validatorId) external {
        Validator storage v = _requireOperator(validatorId);
        if (v.tombstoned) revert ValidatorRegistry_Tombstoned(validatorId);
        if (v.jailedUntil == 0) revert ValidatorRegistry_NotJailed(validatorId);
        if (block.timestamp < v.jailedUntil) revert ValidatorRegistry_Jailed(validatorId, v.jailedUntil);
        _requireNoCase(validatorId);
        v.jailedUntil = 0;
        emit ValidatorUnjailed(validatorId);
        _storage().core.resetKeep(validatorId);
    }

    /// @inheritdoc IValidatorRegistry
    function tombstone(uint32 validatorId) external restricted {
        Validator storage v = _require(validatorId);
        if (v.tombstoned) revert ValidatorRegistry_Tombstoned(validatorId);
        v.tombstoned = true;
        v.executableAt = 0;
        if (v.active) _deactivate(validatorId, v, DeactivationReason.Jailed);
        emit ValidatorTombstoned(validatorId);
    }

    /* VIEWS */

    /// @inheritdoc IValidatorRegistry
    function validator(uint32 validatorId) external view returns (Validator memory) {
        return _storage().validators[validatorId];
    }

    /// @inheritdoc IValidatorRegistry
    function validatorCount() external view returns (uint32) {
        return _storage().count;
    }

    /// @inheritdoc IValidatorRegistry
    function activeCount() external view returns (uint32) {
        return _storage().activeCount;
    }

    /// @inheritdoc IValidatorRegistry
    function maxActive() external view returns (uint32) {
        return _storage().maxActive;
    }

    /// @inheritdoc IValidatorRegistry
    function validatorOf(uint64 memberNo) external view returns (uint32) {
        return _storage().ids[memberNo];
    }

    /// @inheritdoc IValidatorRegistry
    function memberNoOf(uint32 validatorId) external view returns (uint64) {
        return _storage().validators[validatorId].memberNo;
    }

    /// @inheritdoc IValidatorRegistry
    function commissionOf(uint32 validatorId) public view returns (uint16 bps) {
        bps = _storage().validators[validatorId].commissionBps;
        uint16 highest = TierTable.terms(tierOf(validatorId)).maxCommissionBps;
        if (bps > highest) bps = highest;
    }

    /// @inheritdoc IValidatorRegistry
    function tierOf(uint32 validatorId) public view returns (MemberTier) {
        Storage storage $ = _storage();
        return $.tiers.tierOf($.validators[validatorId].memberNo);
    }

    /// @inheritdoc IValidatorRegistry
    function keyRecord(bytes32 keyHash) external view returns (KeyRecord memory) {
        return _storage().keys[keyHash];
    }

    /// @inheritdoc IValidatorRegistry
    function acceptance(uint32 validatorId) external view returns (Acceptance memory) {
        Validator storage v = _storage().validators[validatorId];
        TierTable.Terms memory terms = TierTable.terms(tierOf(validatorId));
        // A member under sanction may keep what it has, and take no more.
        if (_members.statusOf(v.memberNo) > MemberStatus.Inactive) (terms.capRatio, terms.maxPositions) = (0, 0);
        return Acceptance(v.jailedUntil, v.tombstoned, terms.capRatio, terms.maxPositions, v.minDelegation);
    }

    /// @inheritdoc IValidatorRegistry
    function isEarning(uint32 validatorId) external view returns (bool) {
        Validator storage v = _storage().validators[validatorId];
        return v.active && _members.statusOf(v.memberNo) == MemberStatus.Active;
    }

    /// @inheritdoc IValidatorRegistry
    function possessionDigest(uint64 memberNo, bytes32 keyHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(POSSESSION_TYPEHASH, memberNo, keyHash)));
    }

    /* INTERNALS */

    function _announce(uint32 validatorId, uint64 memberNo, bytes32 keyHash, ValidatorParams calldata params) private {
        emit ValidatorRegistered(
            validatorId,
            memberNo,
            keyHash,
            params.keyType,
            params.consensusKey,
            params.commissionBps,
            params.maxCommissionBps,
            params.minDelegation,
            params.name
        );
    }

    /// @dev A key serves one validator for ever, and whoever registers it must hold it.
    function _requireNewKey(
        uint64 memberNo,
        KeyType keyType,
        bytes calldata key,
        bytes calldata keyPoP
    ) private view returns (bytes32 keyHash) {
        if (!ConsensusKeys.isWellFormed(keyType, key)) revert ValidatorRegistry_BadKey();
        keyHash = keccak256(key);
        if (_storage().keys[keyHash].validatorId != 0) revert ValidatorRegistry_KeyReused(keyHash);
        if (!ConsensusKeys.isSignedBy(keyType, key, possessionDigest(memberNo, keyHash), keyPoP)) {
            revert ValidatorRegistry_BadProof(keyHash);
        }
    }

    function _clampCommission(uint32 validatorId, Validator storage v) private returns (uint16 bps) {
        bps = commissionOf(validatorId);
        if (bps != v.commissionBps) _changeCommission(validatorId, v, bps);
    }

    function _changeCommission(uint32 validatorId, Validator storage v, uint16 to) private {
        uint16 from = v.commissionBps;
        v.commissionBps = to;
        emit CommissionChanged(validatorId, from, to);
    }

    function _deactivate(uint32 validatorId, Validator storage v, DeactivationReason reason) private {
        v.active = false;
        --_storage().activeCount;
        emit ValidatorDeactivated(validatorId, reason);
    }

    function _isEligible(uint32 validatorId, Validator storage v) private view returns (bool) {
        return
            tierOf(validatorId) >= MemberTier.ActiveValidator && _members.statusOf(v.memberNo) == MemberStatus.Active;
    }

    function _require(uint32 validatorId) private view returns (Validator storage v) {
        v = _storage().validators[validatorId];
        if (v.memberNo == 0) revert ValidatorRegistry_NoSuchValidator(validatorId);
    }

    function _requireOperator(uint32 validatorId) private view returns (Validator storage v) {
        v = _require(validatorId);
        if (!_members.isOperator(v.memberNo, msg.sender)) {
            revert ValidatorRegistry_NotOperator(validatorId, msg.sender);
        }
    }

    function _requireActiveMember() private view returns (uint64 memberNo) {
        MemberStatus status;
        (memberNo, status) = _members.standing(msg.sender);
        if (memberNo == 0) revert ValidatorRegistry_NotMember(msg.sender);
        if (status != MemberStatus.Active) revert ValidatorRegistry_MemberNotActive(memberNo);
    }

    function _requireKyc(uint64 memberNo, KycLevel needed) private view {
        KycLevel level = _kyc.levelOf(memberNo);
        if (level < needed) revert ValidatorRegistry_KycInsufficient(uint8(level), uint8(needed));
    }

    function _requireNoCase(uint32 validatorId) private view {
        if (_storage().core.openCasesOf(validatorId) != 0) revert ValidatorRegistry_OpenCase(validatorId);
    }

    function _requireName(string calldata name) private pure {
        uint256 length = bytes(name).length;
        if (length == 0 || length > MAX_NAME_BYTES) revert ValidatorRegistry_BadName(length);
    }

    /// @dev A demotion may leave a rate below the new band; then one step up is enough.
    function _requireTierBand(uint32 validatorId, uint16 bps, uint16 current, uint16 personalMax) private view {
        TierTable.Terms memory terms = TierTable.terms(tierOf(validatorId));
        uint16 reachable = current + MAX_STEP_BPS;
        uint16 min = terms.minCommissionBps < reachable ? terms.minCommissionBps : reachable;
        _requireBand(bps, min, terms.maxCommissionBps, personalMax);
    }

    function _requireBand(uint16 bps, uint16 min, uint16 tierMax, uint16 personalMax) private pure {
        uint16 max = tierMax < personalMax ? tierMax : personalMax;
        if (bps < min || bps > max) revert ValidatorRegistry_CommissionOutOfBand(bps, min, max);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
