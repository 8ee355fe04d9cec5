// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MemberStatus} from "../types/MemberStatus.sol";

/// @notice Who a member is on chain: a number, a salted id, and three keys. No personal data.
/// @dev The owner key is cold, the operator key hot, and tokens always leave to the payout address.
interface IMemberRegistry {
    /// @param owner Cold key; signs entries, exits and key changes.
    /// @param status Standing of the member.
    /// @param registeredAt Unix seconds.
    /// @param frozenUntil Unix seconds until which a legal order holds payments back; 0 or past if none.
    /// @param operator Hot key of a validator; zero if unset.
    /// @param payout Address that receives every claim.
    /// @param memberId `keccak256(abi.encode(owner, salt))` of the registering wallet.
    struct Member {
        address owner;
        MemberStatus status;
        uint40 registeredAt;
        uint40 frozenUntil;
        address operator;
        address payout;
        bytes32 memberId;
    }

    /// @param to New address; zero when nothing is pending.
    /// @param readyAt Unix seconds from which the change may be made.
    struct PendingChange {
        address to;
        uint40 readyAt;
    }

    // -- Events --

    /// @notice `owner` holds member number `memberNo` from now on.
    event MemberRegistered(uint64 indexed memberNo, address indexed owner, bytes32 indexed memberId);
    event MemberStatusChanged(uint64 indexed memberNo, MemberStatus from, MemberStatus to);
    event OperatorChanged(uint64 indexed memberNo, address operator);
    event PayoutChangeProposed(uint64 indexed memberNo, address payout, uint40 readyAt);
    event PayoutChangeCancelled(uint64 indexed memberNo);
    event PayoutChanged(uint64 indexed memberNo, address payout);
    event OwnerTransferProposed(uint64 indexed memberNo, address newOwner);
    event OwnerChanged(uint64 indexed memberNo, address oldOwner, address newOwner);
    event RecoveryProposed(uint64 indexed memberNo, address newOwner, uint40 readyAt);
    event RecoveryCancelled(uint64 indexed memberNo);

    /// @notice Payments to the member wait until `until`; a time that has passed lifts the freeze.
    event PaymentsFrozen(uint64 indexed memberNo, uint40 until);

    // -- Errors --

    error MemberRegistry_AlreadyMember(address wallet, uint64 memberNo);
    error MemberRegistry_IdTaken(bytes32 memberId);
    error MemberRegistry_NotMember(address wallet);
    error MemberRegistry_NoSuchMember(uint64 memberNo);
    error MemberRegistry_NotOwner(uint64 memberNo, address caller);
    error MemberRegistry_ZeroAddress();
    error MemberRegistry_NothingPending(uint64 memberNo);
    error MemberRegistry_NotReady(uint64 memberNo, uint40 readyAt);
    error MemberRegistry_Frozen(uint64 memberNo, uint40 until);
    error MemberRegistry_FrozenTooLong(uint40 until, uint40 latest);
    error MemberRegistry_StatusUnchanged(uint64 memberNo, MemberStatus status);

    // -- Members --

    /// @notice Registers the caller as a member. Binding the id to the caller keeps others from taking it first.
    /// @param salt Random; kept off chain beside the member's record, so that erasing it erases the link.
    function register(bytes32 salt) external returns (uint64 memberNo);

    /// @notice Names the hot key of the caller's validator; zero removes it.
    function setOperator(address operator) external;

    /// @notice Starts moving the payout address; takes effect by `confirmPayout` after the delay.
    function proposePayout(address payout) external;

    /// @notice Withdraws a proposed payout address.
    function cancelPayout() external;

    /// @notice Makes the proposed payout address the one that receives claims.
    function confirmPayout() external;

    /// @notice Offers the membership to `newOwner`, who takes it by `acceptOwner`.
    function proposeOwner(address newOwner) external;

    /// @notice Takes an offered membership.
    function acceptOwner(uint64 memberNo) external;

    // -- Recovery --

    /// @notice Starts giving a lost membership to `newOwner`. Only the recovery role; the owner may cancel.
    function proposeRecovery(uint64 memberNo, address newOwner) external;

    /// @notice Cancels a recovery that the caller, as owner, did not ask for.
    function cancelRecovery() external;

    /// @notice Completes a recovery whose delay has passed. Anyone.
    function executeRecovery(uint64 memberNo) external;

    /// @notice Changes a member's standing. Only the standing role. Never touches stake or exits.
    function setStatus(uint64 memberNo, MemberStatus status) external;

    /// @notice Makes a pending member active. Only the KYC registry; answers quietly if not pending.
    function activate(uint64 memberNo) external;

    /// @notice Holds payments to a member back until `until`, at most 90 days ahead, or lets them go again. Only the
    /// standing role. Exits may still be requested.
    function freeze(uint64 memberNo, uint40 until) external;

    // -- Views --

    function memberNoOf(address owner) external view returns (uint64);

    /// @notice Member number behind a salted id, for ever; 0 if nobody registered it.
    function memberNoOfId(bytes32 memberId) external view returns (uint64);

    function memberCount() external view returns (uint64);

    function member(uint64 memberNo) external view returns (Member memory);

    /// @notice Member number and status of a wallet, in one read; (0, None) for a stranger.
    function standing(address owner) external view returns (uint64 memberNo, MemberStatus status);

    function statusOf(uint64 memberNo) external view returns (MemberStatus);

    function ownerOf(uint64 memberNo) external view returns (address);

    function payoutOf(uint64 memberNo) external view returns (address);

    /// @notice The payout address; reverts while a legal order holds payments back.
    function payableTo(uint64 memberNo) external view returns (address);

    function frozenUntil(uint64 memberNo) external view returns (uint40);

    /// @notice Whether `caller` is the owner or the operator of `memberNo`.
    function isOperator(uint64 memberNo, address caller) external view returns (bool);

    function pendingPayout(uint64 memberNo) external view returns (PendingChange memory);

    function pendingRecovery(uint64 memberNo) external view returns (PendingChange memory);

    function pendingOwner(uint64 memberNo) external view returns (address);
}
