// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {KycLevel} from "../types/KycLevel.sol";

/// @notice What an attester found out about a member: a level and when it ends. Never who the member is.
/// @dev Expiry and revocation stop entering, never leaving.
interface IKycRegistry {
    /// @notice EIP-712 message that an attester signs.
    /// @param memberId Salted id in the member registry.
    /// @param account The member's owner wallet.
    /// @param level 1 Basic, 2 Enhanced, 3 Institutional.
    /// @param issuedAt Unix seconds.
    /// @param validUntil Unix seconds, at most 400 days after `issuedAt`.
    /// @param commitment `keccak256(salt ‖ record)`; the salt stays off chain, deleting it erases the link.
    /// @param nonce The member's `nonces` value; each attestation consumes one.
    struct KycAttestation {
        bytes32 memberId;
        address account;
        uint8 level;
        uint64 issuedAt;
        uint64 validUntil;
        bytes32 commitment;
        uint256 nonce;
    }

    /// @notice The attestation in force for a member; `uid` is zero if there never was one.
    struct Record {
        bytes32 uid;
        bytes32 commitment;
        address attester;
        KycLevel level;
        uint40 validUntil;
    }

    // -- Events --

    event KycAttested(
        uint64 indexed memberNo,
        bytes32 indexed uid,
        address indexed attester,
        uint8 level,
        uint40 issuedAt,
        uint40 validUntil,
        bytes32 commitment
    );
    /// @notice `uid` no longer counts. `memberNo` is zero if it was revoked before anyone submitted it.
    event KycRevoked(uint64 indexed memberNo, bytes32 indexed uid, uint8 reason);

    // -- Errors --

    error KycRegistry_UnknownMember(address account);
    error KycRegistry_WrongMember(bytes32 memberId, bytes32 expected);
    error KycRegistry_BadLevel(uint8 level);
    error KycRegistry_BadPeriod(uint64 issuedAt, uint64 validUntil);
    error KycRegistry_WrongNonce(uint256 nonce, uint256 expected);
    error KycRegistry_NotAttester(address attester);
    error KycRegistry_BadSignature(address attester);
    error KycRegistry_Revoked(bytes32 uid);

    /// @notice Records an attestation. Anyone may submit; the signature of an attester (EOA or ERC-1271) decides.
    function attest(
        KycAttestation calldata a,
        address attester,
        bytes calldata signature
    ) external returns (bytes32 uid);

    /// @notice Revokes an attestation, submitted or not. Only the revoker role.
    /// @param reason Code of the attester's own list; no personal data.
    function revoke(bytes32 uid, uint8 reason) external;

    /// @notice Level in force now; `None` once expired or revoked.
    function levelOf(uint64 memberNo) external view returns (KycLevel);

    function record(uint64 memberNo) external view returns (Record memory);

    function nonces(uint64 memberNo) external view returns (uint256);

    /// @notice EIP-712 digest to sign, also the attestation's uid.
    function digest(KycAttestation calldata a) external view returns (bytes32);
}
