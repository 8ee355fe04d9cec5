// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MemberStatus} from "../types/MemberStatus.sol";

/// @notice Suspends members for a reason and a time, hears their appeals, and restores them once nothing stands against it.
/// @dev No sanction touches stake: exits stay open, only a freeze by legal order holds payments back. Whoever imposed a
/// sanction never decides on it. An appeal that is not decided in time is decided for the member: the suspension ends then.
interface ISuspensionManager {
    /// @dev `Emergency` is the guardian's: 24 hours, no appeal, once per 30 days.
    enum Reason {
        PoorPerformance,
        SecurityViolation,
        ConsensusAttack,
        KycViolation,
        TermsOfService,
        CourtOrder,
        Emergency
    }

    enum State {
        None,
        Imposed,
        Appealed,
        Upheld,
        Reduced,
        Overturned,
        Ended
    }

    enum Verdict {
        Uphold,
        Overturn,
        Reduce
    }

    /// @param before Standing to restore.
    /// @param endsAt Unix seconds; see `endsAtOf` for an appeal that nobody decided.
    /// @param appealBy Unix seconds before which the member may appeal.
    /// @param decideBy Unix seconds before which the council may decide; 0 without an appeal.
    /// @param by Who suspended.
    /// @param evidenceHash Hash of the evidence, which stays off chain.
    /// @param statementHash Hash of the member's appeal.
    struct Suspension {
        uint64 memberNo;
        Reason reason;
        State state;
        MemberStatus before;
        uint40 suspendedAt;
        uint40 endsAt;
        uint40 appealBy;
        uint40 decideBy;
        address by;
        bytes32 evidenceHash;
        bytes32 statementHash;
    }

    /// @param by Who froze first; a renewal does not change it.
    /// @param orderHash Hash of the legal order in force.
    struct Freeze {
        address by;
        bytes32 orderHash;
    }

    /// @param appeal Seconds from a suspension in which the member may appeal.
    /// @param decision Seconds from an appeal in which the council may decide.
    struct Windows {
        uint40 appeal;
        uint40 decision;
    }

    // -- Events --

    event MemberSuspended(
        uint64 indexed memberNo,
        uint256 indexed suspensionId,
        Reason reason,
        bytes32 evidenceHash,
        uint40 until,
        uint40 appealBy,
        address by
    );
    event SuspensionAppealed(
        uint256 indexed suspensionId,
        uint64 indexed memberNo,
        bytes32 statementHash,
        uint40 decideBy
    );
    event SuspensionDecided(
        uint256 indexed suspensionId,
        uint64 indexed memberNo,
        Verdict verdict,
        uint40 endsAt,
        address by
    );
    /// @notice The suspension is over and the member's standing is what it was before.
    event MemberRestored(uint64 indexed memberNo, uint256 indexed suspensionId);
    event MemberTerminated(uint64 indexed memberNo, bytes32 reasonHash, address by);
    event MemberBlacklisted(uint64 indexed memberNo, bytes32 reasonHash, address by);
    event MemberReinstated(uint64 indexed memberNo, MemberStatus status, address by);
    event MemberFrozen(uint64 indexed memberNo, uint40 until, bytes32 orderHash, address by);
    event FreezeRenewed(uint64 indexed memberNo, uint40 until, bytes32 orderHash, address by);
    event FreezeLifted(uint64 indexed memberNo, address by);
    event CapChanged(Reason indexed reason, uint40 cap);
    event WindowsChanged(uint40 appeal, uint40 decision);
    /// @notice The votes failed to count the member anew; `refresh` mends it.
    event VotesNotTold(uint64 indexed memberNo);

    // -- Errors --

    error SuspensionManager_BadReason(Reason reason);
    error SuspensionManager_NoEvidence();
    error SuspensionManager_BadDuration(uint40 duration, uint40 longest);
    error SuspensionManager_NotSuspendable(uint64 memberNo, MemberStatus status);
    error SuspensionManager_AlreadySuspended(uint64 memberNo, uint256 suspensionId);
    error SuspensionManager_TooSoon(uint64 memberNo, uint40 nextAt);
    error SuspensionManager_NotOwner(uint64 memberNo, address caller);
    error SuspensionManager_WrongState(uint256 suspensionId, State state);
    error SuspensionManager_WindowClosed(uint40 closedAt);
    error SuspensionManager_OwnDecision(address caller);
    error SuspensionManager_BadEnd(uint40 endsAt, uint40 earliest, uint40 latest);
    error SuspensionManager_NotSuspended(uint64 memberNo);
    /// @notice Bits as in `checklistOf`.
    error SuspensionManager_ChecklistFailed(uint64 memberNo, uint256 bits);
    error SuspensionManager_NotBarred(uint64 memberNo, MemberStatus status);
    error SuspensionManager_OrderUsed(bytes32 orderHash);
    error SuspensionManager_AlreadyFrozen(uint64 memberNo, uint40 until);
    error SuspensionManager_NotFrozen(uint64 memberNo);
    error SuspensionManager_NotAllowed(address caller);
    error SuspensionManager_OutOfRange(uint40 value, uint40 lowest, uint40 highest);
    error SuspensionManager_AlreadyConnected();
    /// @notice Send it again with a higher gas limit.
    error SuspensionManager_GasTooLow(uint256 offered, uint256 needed);

    // -- Suspensions --

    /// @notice Suspends a member for `duration` seconds, at most the reason's cap. Only compliance. Takes the place of an
    /// emergency suspension. The member's validator leaves the active set.
    /// @param evidenceHash Hash of the evidence; never zero.
    function suspend(
        uint64 memberNo,
        Reason reason,
        bytes32 evidenceHash,
        uint40 duration
    ) external returns (uint256 suspensionId);

    /// @notice Suspends a member for 24 hours, once per 30 days. Only a guardian.
    function emergencySuspend(uint64 memberNo, bytes32 evidenceHash) external returns (uint256 suspensionId);

    /// @notice Appeals, once, before the window closes. Only the member's owner.
    function appeal(uint256 suspensionId, bytes32 statementHash) external;

    /// @notice Decides an appeal before its deadline. Only the council, and nobody who suspended. An overturned suspension
    /// does not count as a repeat, and the member is restored at once if nothing else stands against it.
    /// @param newEndsAt Unix seconds, from now to before the present end; only read to reduce.
    function decide(uint256 suspensionId, Verdict verdict, uint40 newEndsAt) external;

    /// @notice Gives the member back the standing it had, if the checklist is clear. Anyone.
    function restore(uint64 memberNo) external;

    // -- For good --

    /// @notice Ends a membership. Only the council. Exits stay open.
    function terminate(uint64 memberNo, bytes32 reasonHash) external;

    /// @notice Bars a member. Only the council. Exits stay open.
    function blacklist(uint64 memberNo, bytes32 reasonHash) external;

    /// @notice Takes a terminated or blacklisted member back: active with KYC in force, else pending. Only the council.
    function reinstate(uint64 memberNo) external;

    // -- Legal orders --

    /// @notice Holds payments to a member back for at most 90 days. Only compliance; once per order.
    function freeze(uint64 memberNo, uint40 duration, bytes32 orderHash) external;

    /// @notice Lets a freeze in force end `duration` seconds, at most 90 days, from now. Only the council, and nobody who
    /// froze. The order is the same, or a new one.
    function renewFreeze(uint64 memberNo, uint40 duration, bytes32 orderHash) external;

    /// @notice Ends a freeze. Compliance or council.
    function unfreeze(uint64 memberNo) external;

    // -- Parameters --

    /// @notice Longest suspension for a reason, at most 180 days. Only the parameter role.
    function setCap(Reason reason, uint40 cap) external;

    /// @notice Only the parameter role. Suspensions and appeals that were made keep their times.
    function setWindows(Windows calldata windows) external;

    // -- Views --

    function suspension(uint256 suspensionId) external view returns (Suspension memory);

    /// @notice When the suspension ends as things stand: an appeal that nobody decides ends it at its deadline.
    function endsAtOf(uint256 suspensionId) external view returns (uint40);

    /// @notice The member's suspension in force; 0 if none.
    function currentOf(uint64 memberNo) external view returns (uint256 suspensionId);

    /// @notice What keeps a suspended member from being restored. Bit 0: the term is not over; 1: payments are frozen;
    /// 2: suspended for a KYC violation and without KYC in force; 3: a slashing case of its validator is open.
    function checklistOf(uint64 memberNo) external view returns (uint256 bits);

    /// @notice An eighth of the cap, doubled per earlier suspension for the same reason, at most the cap.
    function suggestedDuration(uint64 memberNo, Reason reason) external view returns (uint40);

    function suspensionCount() external view returns (uint256);

    /// @notice Suspensions of a member for a reason that were not overturned.
    function repeatsOf(uint64 memberNo, Reason reason) external view returns (uint32);

    /// @notice Unix seconds from which a guardian may suspend the member again.
    function nextEmergencyAt(uint64 memberNo) external view returns (uint40);

    function freezeOf(uint64 memberNo) external view returns (Freeze memory);

    function capOf(Reason reason) external view returns (uint40);

    function windows() external view returns (Windows memory);
}
