// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {KeyType} from "../libraries/ConsensusKeys.sol";
import {MemberTier} from "../types/MemberTier.sol";

/// @notice Validators: who runs them, their consensus keys, commissions, and which of them are active.
interface IValidatorRegistry {
    /// @param consensusKey 20-byte address (secp256k1) or 64-byte point (P-256).
    /// @param commissionBps First commission, inside the band of a candidate.
    /// @param maxCommissionBps Promise for ever: the commission never exceeds it.
    /// @param minDelegation Smallest delegation accepted, base units; the network's minimum applies as well.
    /// @param name Public display name, at most 64 bytes; no personal data.
    struct ValidatorParams {
        bytes consensusKey;
        KeyType keyType;
        uint16 commissionBps;
        uint16 maxCommissionBps;
        uint112 minDelegation;
        string name;
    }

    /// @param executableAt Unix seconds; 0 when nothing is pending.
    struct Validator {
        uint64 memberNo;
        uint16 commissionBps;
        uint16 maxCommissionBps;
        uint16 pendingBps;
        uint40 executableAt;
        uint40 expiresAt;
        KeyType keyType;
        bool active;
        bool tombstoned;
        uint40 jailedUntil;
        uint112 minDelegation;
        bytes32 keyHash;
    }

    /// @notice A consensus key and the time in which it signed for its validator.
    /// @param validUntil Unix seconds; 0 while the key is in use.
    struct KeyRecord {
        uint32 validatorId;
        KeyType keyType;
        uint40 validFrom;
        uint40 validUntil;
    }

    /// @notice What a delegation must respect.
    /// @param capRatio Delegated tokens allowed per own token; `type(uint16).max` is unlimited.
    struct Acceptance {
        uint40 jailedUntil;
        bool tombstoned;
        uint16 capRatio;
        uint32 maxPositions;
        uint112 minDelegation;
    }

    /// @dev Why a validator left the active set.
    enum DeactivationReason {
        None,
        Voluntary,
        BelowThreshold,
        Outstaked,
        Jailed
    }

    // -- Events --

    event ValidatorRegistered(
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        bytes32 indexed keyHash,
        KeyType keyType,
        bytes consensusKey,
        uint16 commissionBps,
        uint16 maxCommissionBps,
        uint112 minDelegation,
        string name
    );
    event KeyRotated(
        uint32 indexed validatorId,
        bytes32 indexed oldKeyHash,
        bytes32 indexed newKeyHash,
        KeyType keyType,
        bytes consensusKey
    );
    event ValidatorMetadataChanged(uint32 indexed validatorId, string name);
    event MinDelegationChanged(uint32 indexed validatorId, uint112 minDelegation);
    event CommissionDeclared(uint32 indexed validatorId, uint16 bps, uint40 executableAt, uint40 expiresAt);
    event CommissionChanged(uint32 indexed validatorId, uint16 from, uint16 to);
    event ValidatorActivated(uint32 indexed validatorId);
    event ValidatorDeactivated(uint32 indexed validatorId, DeactivationReason reason);
    event ValidatorJailed(uint32 indexed validatorId, uint40 until);
    event ValidatorUnjailed(uint32 indexed validatorId);
    event ValidatorTombstoned(uint32 indexed validatorId);

    // -- Errors --

    error ValidatorRegistry_NotMember(address caller);
    error ValidatorRegistry_MemberNotActive(uint64 memberNo);
    error ValidatorRegistry_KycInsufficient(uint8 level, uint8 needed);
    error ValidatorRegistry_AlreadyValidator(uint64 memberNo, uint32 validatorId);
    error ValidatorRegistry_NoSuchValidator(uint32 validatorId);
    error ValidatorRegistry_NotOperator(uint32 validatorId, address caller);
    error ValidatorRegistry_BadKey();
    error ValidatorRegistry_KeyReused(bytes32 keyHash);
    error ValidatorRegistry_BadProof(bytes32 keyHash);
    error ValidatorRegistry_BadName(uint256 length);
    error ValidatorRegistry_CommissionOutOfBand(uint16 bps, uint16 min, uint16 max);
    error ValidatorRegistry_StepTooLarge(uint16 bps, uint16 highest);
    error ValidatorRegistry_NothingDeclared(uint32 validatorId);
    error ValidatorRegistry_NotYet(uint40 executableAt);
    error ValidatorRegistry_WindowClosed(uint40 expiresAt);
    error ValidatorRegistry_AlreadyActive(uint32 validatorId);
    error ValidatorRegistry_NotActive(uint32 validatorId);
    error ValidatorRegistry_Jailed(uint32 validatorId, uint40 until);
    error ValidatorRegistry_Tombstoned(uint32 validatorId);
    error ValidatorRegistry_NotJailed(uint32 validatorId);
    error ValidatorRegistry_OpenCase(uint32 validatorId);
    error ValidatorRegistry_NotEligible(uint32 validatorId, MemberTier tier);
    error ValidatorRegistry_SetFull(uint32 maxActive);
    error ValidatorRegistry_NotOutstaked(uint256 total, uint256 needed);
    error ValidatorRegistry_AlreadyConnected();
    error ValidatorRegistry_BadWindows();

    // -- Life --

    /// @notice Registers the caller's validator; needs Enhanced KYC and a proof of possession by the consensus key.
    /// @param keyPoP Signature by the key over EIP-712 `KeyPossession(uint64 memberNo,bytes32 keyHash)`.
    function register(ValidatorParams calldata params, bytes calldata keyPoP) external returns (uint32 validatorId);

    /// @notice Signs with another key from now on; the old one stays answerable for its time. Owner or operator; refused
    /// while a case is open and after a tombstone.
    /// @param keyPoP As for `register`.
    function rotateConsensusKey(
        uint32 validatorId,
        KeyType keyType,
        bytes calldata newKey,
        bytes calldata keyPoP
    ) external;

    /// @notice Changes the display name. Owner or operator.
    function setMetadata(uint32 validatorId, string calldata name) external;

    /// @notice Changes the smallest delegation accepted. Owner or operator; existing positions are untouched.
    function setMinDelegation(uint32 validatorId, uint112 minDelegation) external;

    /// @notice Lowers the commission at once, or declares a rise that can be executed after the delay.
    /// @dev A rise is at most 300 bps, inside the tier's band and under the personal maximum; below the band, as after a
    /// demotion, it may go as far up as a step allows. A new one replaces the old.
    function declareCommission(uint32 validatorId, uint16 bps) external;

    /// @notice Makes a declared rise effective inside its window. Anyone.
    function executeCommission(uint32 validatorId) external;

    /// @notice Writes down the commission in force when a higher tier's band lowered it, so that losing the tier does not
    /// raise it again without a declaration. Anyone; activation does it too, and every credit that delegators share.
    /// @return bps Commission in force.
    function clampCommission(uint32 validatorId) external returns (uint16 bps);

    // -- Active set --

    /// @notice Enters the active set. When it is full, names a victim whose total stake the newcomer exceeds by 10 %.
    /// @param replace Victim's id; ignored while there is room.
    function activate(uint32 validatorId, uint32 replace) external;

    /// @notice Leaves the active set: the operator at will, anyone once the validator lost its eligibility.
    function deactivate(uint32 validatorId) external;

    // -- Sanctions --

    /// @notice Jails until `until` (unix seconds). Only the slasher role.
    function jail(uint32 validatorId, uint40 until) external;

    /// @notice Shortens a jail term to now, so that the operator may end it; for accusations that fell. Only the slasher
    /// role.
    function release(uint32 validatorId) external;

    /// @notice Ends a jail term that has passed; refused while a case is open.
    function unjail(uint32 validatorId) external;

    /// @notice Bars a validator for ever. Only the slasher role.
    function tombstone(uint32 validatorId) external;

    // -- Views --

    function validator(uint32 validatorId) external view returns (Validator memory);

    function validatorCount() external view returns (uint32);

    function activeCount() external view returns (uint32);

    function maxActive() external view returns (uint32);

    function validatorOf(uint64 memberNo) external view returns (uint32);

    /// @notice Member number of a validator; 0 if it does not exist.
    function memberNoOf(uint32 validatorId) external view returns (uint64);

    /// @notice Commission in force, clamped into the tier's upper bound.
    function commissionOf(uint32 validatorId) external view returns (uint16 bps);

    function tierOf(uint32 validatorId) external view returns (MemberTier);

    /// @notice Whose a consensus key is or was; all zero if nobody registered it.
    function keyRecord(bytes32 keyHash) external view returns (KeyRecord memory);

    /// @notice Terms for delegating now; no position at all while its member is suspended, terminated or blacklisted.
    function acceptance(uint32 validatorId) external view returns (Acceptance memory);

    /// @notice Whether the validator earns rewards: active, not jailed, its member in good standing.
    function isEarning(uint32 validatorId) external view returns (bool);

    /// @notice EIP-712 digest that the consensus key signs to prove possession.
    function possessionDigest(uint64 memberNo, bytes32 keyHash) external view returns (bytes32);
}
