// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Managed} from "../libraries/Managed.sol";
import {Sponsored} from "../sponsoring/Sponsored.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {IMemberRegistry} from "./IMemberRegistry.sol";

/// @notice Members, their keys and their standing.
/// @dev Documented in `IMemberRegistry`.
contract MemberRegistry is IMemberRegistry, Managed, Sponsored {
    /// @custom:storage-location erc7201:tburn.storage.MemberRegistry
    struct Storage {
        uint64 count;
        uint40 payoutDelay;
        uint40 recoveryDelay;
        mapping(address owner => uint64) numbers;
        mapping(uint64 memberNo => Member) members;
        mapping(uint64 memberNo => PendingChange) payouts;
        mapping(uint64 memberNo => PendingChange) recoveries;
        mapping(uint64 memberNo => address) heirs;
        mapping(bytes32 memberId => uint64) ids;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.MemberRegistry")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x68bb8b057c02f9a50badb1e784c345179ff8314407a66f9f7488fbbc7779a100;

    /// @dev Longest that one order may hold payments back (protocol §5).
    uint40 private constant LONGEST_FREEZE = 90 days;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(address forwarder) Sponsored(forwarder) {}

    /// @param payoutDelay Seconds between proposing and confirming a payout address.
    /// @param recoveryDelay Seconds in which an owner may cancel a recovery.
    function initialize(address authority_, uint40 payoutDelay, uint40 recoveryDelay) external initializer {
        __AccessManaged_init(authority_);
        Storage storage $ = _storage();
        $.payoutDelay = payoutDelay;
        $.recoveryDelay = recoveryDelay;
    }

    /* MEMBERS */

    /// @inheritdoc IMemberRegistry
    function register(bytes32 salt) external returns (uint64 memberNo) {
        Storage storage $ = _storage();
        address owner = _actor();

        // Check: one membership per wallet.
        _requireStranger(owner);

        // Check: one number per id. Danger: a wallet that gave its membership away could else take the same id again,
        // and with it the attestations that were signed for the first.
        bytes32 memberId = keccak256(abi.encode(owner, salt));
        if ($.ids[memberId] != 0) revert MemberRegistry_IdTaken(memberId);

        // Effect: the next number is the actor's.
        memberNo = ++$.count;
        $.ids[memberId] = memberNo;
        $.numbers[owner] = memberNo;
        $.members[memberNo] = Member({
            owner: owner,
            status: MemberStatus.Pending,
            registeredAt: uint40(block.timestamp),
            frozenUntil: 0,
            operator: address(0),
            payout: owner,
            memberId: memberId
        });

        emit MemberRegistered(memberNo, owner, memberId);
        emit PayoutChanged(memberNo, owner);
    }

    /// @inheritdoc IMemberRegistry
    function setOperator(address operator) external {
        uint64 memberNo = _own();
        _storage().members[memberNo].operator = operator;
        emit OperatorChanged(memberNo, operator);
    }

    /* PAYOUT */

    /// @inheritdoc IMemberRegistry
    function proposePayout(address payout) external {
        if (payout == address(0)) revert MemberRegistry_ZeroAddress();
        Storage storage $ = _storage();
        uint64 memberNo = _own();
        uint40 readyAt = uint40(block.timestamp) + $.payoutDelay;
        $.payouts[memberNo] = PendingChange(payout, readyAt);
        emit PayoutChangeProposed(memberNo, payout, readyAt);
    }

    /// @inheritdoc IMemberRegistry
    function cancelPayout() external {
        uint64 memberNo = _own();
        _takePending(_storage().payouts, memberNo, false);
        emit PayoutChangeCancelled(memberNo);
    }

    /// @inheritdoc IMemberRegistry
    function confirmPayout() external {
        Storage storage $ = _storage();
        uint64 memberNo = _own();
        address payout = _takePending($.payouts, memberNo, true);
        $.members[memberNo].payout = payout;
        emit PayoutChanged(memberNo, payout);
    }

    /* OWNER */

    /// @inheritdoc IMemberRegistry
    function proposeOwner(address newOwner) external {
        uint64 memberNo = _own();
        if (newOwner != address(0)) _requireStranger(newOwner);
        _storage().heirs[memberNo] = newOwner;
        emit OwnerTransferProposed(memberNo, newOwner);
    }

    /// @inheritdoc IMemberRegistry
    function acceptOwner(uint64 memberNo) external {
        if (_storage().heirs[memberNo] != msg.sender) revert MemberRegistry_NotOwner(memberNo, msg.sender);
        _moveOwner(memberNo, msg.sender);
    }

    /* RECOVERY */

    /// @inheritdoc IMemberRegistry
    function proposeRecovery(uint64 memberNo, address newOwner) external restricted {
        if (newOwner == address(0)) revert MemberRegistry_ZeroAddress();
        _requireMember(memberNo);
        _requireStranger(newOwner);
        Storage storage $ = _storage();
        uint40 readyAt = uint40(block.timestamp) + $.recoveryDelay;
        $.recoveries[memberNo] = PendingChange(newOwner, readyAt);
        emit RecoveryProposed(memberNo, newOwner, readyAt);
    }

    /// @inheritdoc IMemberRegistry
    function cancelRecovery() external {
        uint64 memberNo = _own();
        _takePending(_storage().recoveries, memberNo, false);
        emit RecoveryCancelled(memberNo);
    }

    /// @inheritdoc IMemberRegistry
    function executeRecovery(uint64 memberNo) external {
        Storage storage $ = _storage();
        address newOwner = _takePending($.recoveries, memberNo, true);
        // Danger: a lost key may have proposed a payout address of its own; it must not survive the recovery.
        delete $.payouts[memberNo];
        $.members[memberNo].payout = newOwner;
        $.members[memberNo].operator = address(0);
        _moveOwner(memberNo, newOwner);
        emit PayoutChanged(memberNo, newOwner);
        emit OperatorChanged(memberNo, address(0));
    }

    /* STATUS */

    /// @inheritdoc IMemberRegistry
    function setStatus(uint64 memberNo, MemberStatus status) external restricted {
        _requireMember(memberNo);
        MemberStatus from = _storage().members[memberNo].status;
        if (status == from || status == MemberStatus.None) revert MemberRegistry_StatusUnchanged(memberNo, status);
        _setStatus(memberNo, from, status);
    }

    /// @inheritdoc IMemberRegistry
    function activate(uint64 memberNo) external restricted {
        if (statusOf(memberNo) == MemberStatus.Pending) {
            _setStatus(memberNo, MemberStatus.Pending, MemberStatus.Active);
        }
    }

    /// @inheritdoc IMemberRegistry
    function freeze(uint64 memberNo, uint40 until) external restricted {
        _requireMember(memberNo);
        uint40 latest = uint40(block.timestamp) + LONGEST_FREEZE;
        if (until > latest) revert MemberRegistry_FrozenTooLong(until, latest);
        _storage().members[memberNo].frozenUntil = until;
        emit PaymentsFrozen(memberNo, until);
    }

    /* VIEWS */

    /// @inheritdoc IMemberRegistry
    function memberNoOf(address owner) external view returns (uint64) {
        return _storage().numbers[owner];
    }

    /// @inheritdoc IMemberRegistry
    function memberNoOfId(bytes32 memberId) external view returns (uint64) {
        return _storage().ids[memberId];
    }

    /// @inheritdoc IMemberRegistry
    function memberCount() external view returns (uint64) {
        return _storage().count;
    }

    /// @inheritdoc IMemberRegistry
    function member(uint64 memberNo) external view returns (Member memory) {
        return _storage().members[memberNo];
    }

    /// @inheritdoc IMemberRegistry
    function standing(address owner) external view returns (uint64 memberNo, MemberStatus status) {
        memberNo = _storage().numbers[owner];
        status = _storage().members[memberNo].status;
    }

    /// @inheritdoc IMemberRegistry
    function statusOf(uint64 memberNo) public view returns (MemberStatus) {
        return _storage().members[memberNo].status;
    }

    /// @inheritdoc IMemberRegistry
    function ownerOf(uint64 memberNo) external view returns (address) {
        return _storage().members[memberNo].owner;
    }

    /// @inheritdoc IMemberRegistry
    function payoutOf(uint64 memberNo) external view returns (address) {
        return _storage().members[memberNo].payout;
    }

    /// @inheritdoc IMemberRegistry
    function payableTo(uint64 memberNo) external view returns (address) {
        Member storage m = _storage().members[memberNo];
        if (block.timestamp < m.frozenUntil) revert MemberRegistry_Frozen(memberNo, m.frozenUntil);
        return m.payout;
    }

    /// @inheritdoc IMemberRegistry
    function frozenUntil(uint64 memberNo) external view returns (uint40) {
        return _storage().members[memberNo].frozenUntil;
    }

    /// @inheritdoc IMemberRegistry
    function isOperator(uint64 memberNo, address caller) external view returns (bool) {
        Member storage m = _storage().members[memberNo];
        return caller != address(0) && (caller == m.owner || caller == m.operator);
    }

    /// @inheritdoc IMemberRegistry
    function pendingPayout(uint64 memberNo) external view returns (PendingChange memory) {
        return _storage().payouts[memberNo];
    }

    /// @inheritdoc IMemberRegistry
    function pendingRecovery(uint64 memberNo) external view returns (PendingChange memory) {
        return _storage().recoveries[memberNo];
    }

    /// @inheritdoc IMemberRegistry
    function pendingOwner(uint64 memberNo) external view returns (address) {
        return _storage().heirs[memberNo];
    }

    /* INTERNALS */

    function _moveOwner(uint64 memberNo, address newOwner) private {
        Storage storage $ = _storage();
        _requireStranger(newOwner);
        address oldOwner = $.members[memberNo].owner;
        delete $.numbers[oldOwner];
        delete $.heirs[memberNo];
        delete $.recoveries[memberNo];
        $.numbers[newOwner] = memberNo;
        $.members[memberNo].owner = newOwner;
        emit OwnerChanged(memberNo, oldOwner, newOwner);
    }

    function _setStatus(uint64 memberNo, MemberStatus from, MemberStatus to) private {
        _storage().members[memberNo].status = to;
        emit MemberStatusChanged(memberNo, from, to);
    }

    function _takePending(
        mapping(uint64 => PendingChange) storage pending,
        uint64 memberNo,
        bool mustBeReady
    ) private returns (address to) {
        PendingChange memory change = pending[memberNo];
        if (change.to == address(0)) revert MemberRegistry_NothingPending(memberNo);
        if (mustBeReady && block.timestamp < change.readyAt) {
            revert MemberRegistry_NotReady(memberNo, change.readyAt);
        }
        delete pending[memberNo];
        return change.to;
    }

    function _own() private view returns (uint64 memberNo) {
        memberNo = _storage().numbers[msg.sender];
        if (memberNo == 0) revert MemberRegistry_NotMember(msg.sender);
    }

    function _requireStranger(address wallet) private view {
        uint64 memberNo = _storage().numbers[wallet];
        if (memberNo != 0) revert MemberRegistry_AlreadyMember(wallet, memberNo);
    }

    function _requireMember(uint64 memberNo) private view {
        if (_storage().members[memberNo].owner == address(0)) revert MemberRegistry_NoSuchMember(memberNo);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
