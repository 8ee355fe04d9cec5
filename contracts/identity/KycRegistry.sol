// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Managed} from "../libraries/Managed.sol";
import {Roles} from "../libraries/Roles.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {IKycRegistry} from "./IKycRegistry.sol";
import {IMemberRegistry} from "./IMemberRegistry.sol";

/// @notice KYC attestations in force.
/// @dev Documented in `IKycRegistry`.
contract KycRegistry is IKycRegistry, Managed, EIP712Upgradeable {
    /// @custom:storage-location erc7201:tburn.storage.KycRegistry
    struct Storage {
        mapping(uint64 memberNo => Record) records;
        mapping(uint64 memberNo => uint256) nonces;
        mapping(bytes32 uid => uint64) memberOfUid;
        mapping(bytes32 uid => bool) revoked;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.KycRegistry")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x254b2578609ba3ad0112b735a047969ec2a8a7dabaffa2e3f76b12d8a1143800;

    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "KycAttestation(bytes32 memberId,address account,uint8 level,uint64 issuedAt,uint64 validUntil,bytes32 commitment,uint256 nonce)"
    );

    /// @dev Longest life of an attestation (protocol §5).
    uint256 private constant MAX_VALIDITY = 400 days;

    IMemberRegistry private immutable _members;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IMemberRegistry members) {
        _members = members;
    }

    function initialize(address authority_) external initializer {
        __AccessManaged_init(authority_);
        __EIP712_init("TBURN KycRegistry", "1");
    }

    /// @inheritdoc IKycRegistry
    function attest(
        KycAttestation calldata a,
        address attester,
        bytes calldata signature
    ) external returns (bytes32 uid) {
        Storage storage $ = _storage();
        uid = digest(a);

        // Check: the wallet is the member that the attestation names.
        uint64 memberNo = _requireNamed(a.account, a.memberId);

        // Check: level, period and order.
        if (a.level == 0 || a.level > uint8(type(KycLevel).max)) revert KycRegistry_BadLevel(a.level);
        if (
            a.issuedAt > block.timestamp || a.validUntil <= block.timestamp || a.validUntil > a.issuedAt + MAX_VALIDITY
        ) {
            revert KycRegistry_BadPeriod(a.issuedAt, a.validUntil);
        }
        uint256 expected = $.nonces[memberNo]++;
        if (a.nonce != expected) revert KycRegistry_WrongNonce(a.nonce, expected);

        // Check: an attester signed it, and nobody took it back meanwhile.
        if ($.revoked[uid]) revert KycRegistry_Revoked(uid);
        _requireSigned(uid, attester, signature);

        // Effect: it replaces what was known.
        $.memberOfUid[uid] = memberNo;
        $.records[memberNo] = Record(uid, a.commitment, attester, KycLevel(a.level), uint40(a.validUntil));
        emit KycAttested(memberNo, uid, attester, a.level, uint40(a.issuedAt), uint40(a.validUntil), a.commitment);

        // Interaction: a first attestation makes a pending member active.
        _members.activate(memberNo);
    }

    /// @inheritdoc IKycRegistry
    function revoke(bytes32 uid, uint8 reason) external restricted {
        Storage storage $ = _storage();
        if ($.revoked[uid]) revert KycRegistry_Revoked(uid);
        $.revoked[uid] = true;
        emit KycRevoked($.memberOfUid[uid], uid, reason);
    }

    /// @inheritdoc IKycRegistry
    function levelOf(uint64 memberNo) external view returns (KycLevel) {
        Storage storage $ = _storage();
        Record storage r = $.records[memberNo];
        if (block.timestamp >= r.validUntil || $.revoked[r.uid]) return KycLevel.None;
        return r.level;
    }

    /// @inheritdoc IKycRegistry
    function record(uint64 memberNo) external view returns (Record memory) {
        return _storage().records[memberNo];
    }

    /// @inheritdoc IKycRegistry
    function nonces(uint64 memberNo) external view returns (uint256) {
        return _storage().nonces[memberNo];
    }

    /// @inheritdoc IKycRegistry
    function digest(KycAttestation calldata a) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        ATTESTATION_TYPEHASH,
                        a.memberId,
                        a.account,
                        a.level,
                        a.issuedAt,
                        a.validUntil,
                        a.commitment,
                        a.nonce
                    )
                )
            );
    }

    function _requireNamed(address account, bytes32 memberId) private view returns (uint64 memberNo) {
        memberNo = _members.memberNoOf(account);
        if (memberNo == 0) revert KycRegistry_UnknownMember(account);
        bytes32 expected = _members.member(memberNo).memberId;
        if (memberId != expected) revert KycRegistry_WrongMember(memberId, expected);
    }

    function _requireSigned(bytes32 uid, address attester, bytes calldata signature) private view {
        (bool isAttester, ) = IAccessManager(authority()).hasRole(Roles.ATTESTER, attester);
        if (!isAttester) revert KycRegistry_NotAttester(attester);
        if (!SignatureChecker.isValidSignatureNow(attester, uid, signature)) revert KycRegistry_BadSignature(attester);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
