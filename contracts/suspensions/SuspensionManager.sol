// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IStakeVotes} from "../governance/IStakeVotes.sol";
import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {Roles} from "../libraries/Roles.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {ISuspensionManager} from "./ISuspensionManager.sol";

/// @notice Suspensions, appeals and freezes.
/// @dev Documented in `ISuspensionManager`.
contract SuspensionManager is ISuspensionManager, Managed {
    /// @custom:storage-location erc7201:tburn.storage.SuspensionManager
    struct Storage {
        IStakeVotes votes;
        Windows windows;
        uint256 count;
        mapping(uint256 suspensionId => Suspension) suspensions;
        mapping(uint64 memberNo => uint256) current;
        mapping(uint64 memberNo => mapping(Reason reason => uint32)) repeats;
        mapping(uint64 memberNo => uint40) nextEmergencyAt;
        mapping(Reason reason => uint40) caps;
        mapping(uint64 memberNo => Freeze) freezes;
        mapping(bytes32 orderHash => bool) orders;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.SuspensionManager")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x3af87bfa888258140e141cf3f6db26f1dd5b97ed07a3a94e65af655b89886e00;

    uint256 private constant TERM = 1;
    uint256 private constant FROZEN = 2;
    uint256 private constant NO_KYC = 4;
    uint256 private constant OPEN_CASE = 8;

    /// @dev What leaving the set, or counting a member's votes anew, may need.
    uint256 private constant CALL_GAS = 700_000;
    uint40 private constant LONGEST_CAP = 180 days;
    uint40 private constant LONGEST_WINDOW = 30 days;
    uint40 private constant LONGEST_FREEZE = 90 days;
    uint40 private constant EMERGENCY = 24 hours;
    uint40 private constant EMERGENCY_INTERVAL = 30 days;

    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;
    IStakingCore private immutable _core;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IMemberRegistry members, IKycRegistry kyc, IValidatorRegistry validators, IStakingCore core) {
        _members = members;
        _kyc = kyc;
        _validators = validators;
        _core = core;
    }

    /// @param caps Longest suspension per reason, in the order of `Reason` without `Emergency`.
    function initialize(address authority_, Windows calldata windows_, uint40[6] calldata caps) external initializer {
        __AccessManaged_init(authority_);
        _setWindows(windows_);
        for (uint8 i; i < 6; ++i) _setCap(Reason(i), caps[i]);
    }

    /// @notice Names the votes, once, when the system is deployed: they are told of each change of standing.
    function connect(IStakeVotes votes) external restricted {
        Storage storage $ = _storage();
        if (address($.votes) != address(0)) revert SuspensionManager_AlreadyConnected();
        $.votes = votes;
    }

    /* SUSPENSIONS */

    /// @inheritdoc ISuspensionManager
    function suspend(
        uint64 memberNo,
        Reason reason,
        bytes32 evidenceHash,
        uint40 duration
    ) external restricted returns (uint256 suspensionId) {
        // Check: a reason with a cap, and a term inside it.
        if (reason == Reason.Emergency) revert SuspensionManager_BadReason(reason);
        uint40 cap = _storage().caps[reason];
        if (duration == 0 || duration > cap) revert SuspensionManager_BadDuration(duration, cap);
        return _suspend(memberNo, reason, evidenceHash, duration, _storage().windows.appeal);
    }

    /// @inheritdoc ISuspensionManager
    function emergencySuspend(
        uint64 memberNo,
        bytes32 evidenceHash
    ) external restricted returns (uint256 suspensionId) {
        Storage storage $ = _storage();
        uint40 nextAt = $.nextEmergencyAt[memberNo];
        if (block.timestamp < nextAt) revert SuspensionManager_TooSoon(memberNo, nextAt);
        $.nextEmergencyAt[memberNo] = uint40(block.timestamp) + EMERGENCY_INTERVAL;
        return _suspend(memberNo, Reason.Emergency, evidenceHash, EMERGENCY, 0);
    }

    /// @inheritdoc ISuspensionManager
    function appeal(uint256 suspensionId, bytes32 statementHash) external {
        Storage storage $ = _storage();
        Suspension storage s = $.suspensions[suspensionId];

        // Check: the suspended member, in time, for the first time.
        if (s.state != State.Imposed) revert SuspensionManager_WrongState(suspensionId, s.state);
        if (_members.ownerOf(s.memberNo) != msg.sender) revert SuspensionManager_NotOwner(s.memberNo, msg.sender);
        if (block.timestamp >= s.appealBy) revert SuspensionManager_WindowClosed(s.appealBy);
        if (statementHash == bytes32(0)) revert SuspensionManager_NoEvidence();

        s.state = State.Appealed;
        s.statementHash = statementHash;
        s.decideBy = uint40(block.timestamp) + $.windows.decision;
        emit SuspensionAppealed(suspensionId, s.memberNo, statementHash, s.decideBy);
    }

    /// @inheritdoc ISuspensionManager
    function decide(uint256 suspensionId, Verdict verdict, uint40 newEndsAt) external restricted {
        Storage storage $ = _storage();
        Suspension storage s = $.suspensions[suspensionId];

        // Check: an appeal that waits, in time, before another judge than who suspended.
        if (s.state != State.Appealed) revert SuspensionManager_WrongState(suspensionId, s.state);
        if (msg.sender == s.by) revert SuspensionManager_OwnDecision(msg.sender);
        if (block.timestamp >= s.decideBy) revert SuspensionManager_WindowClosed(s.decideBy);

        // Effect: the term, and whether it counts against the member.
        if (verdict == Verdict.Uphold) s.state = State.Upheld;
        if (verdict == Verdict.Reduce) {
            if (newEndsAt < block.timestamp || newEndsAt >= s.endsAt) {
                revert SuspensionManager_BadEnd(newEndsAt, uint40(block.timestamp), s.endsAt - 1);
            }
            s.state = State.Reduced;
            s.endsAt = newEndsAt;
        }
        if (verdict == Verdict.Overturn) {
            s.state = State.Overturned;
            if (block.timestamp < s.endsAt) s.endsAt = uint40(block.timestamp);
            --$.repeats[s.memberNo][s.reason];
        }
        emit SuspensionDecided(suspensionId, s.memberNo, verdict, s.endsAt, msg.sender);
        if (verdict == Verdict.Overturn && _current(s.memberNo) == suspensionId && checklistOf(s.memberNo) == 0) {
            _restore(s.memberNo, suspensionId);
        }
    }

    /// @inheritdoc ISuspensionManager
    function restore(uint64 memberNo) external {
        uint256 suspensionId = _current(memberNo);
        if (suspensionId == 0) revert SuspensionManager_NotSuspended(memberNo);
        uint256 bits = checklistOf(memberNo);
        if (bits != 0) revert SuspensionManager_ChecklistFailed(memberNo, bits);
        _restore(memberNo, suspensionId);
    }

    /* FOR GOOD */

    /// @inheritdoc ISuspensionManager
    function terminate(uint64 memberNo, bytes32 reasonHash) external restricted {
        emit MemberTerminated(memberNo, reasonHash, msg.sender);
        _bar(memberNo, MemberStatus.Terminated);
    }

    /// @inheritdoc ISuspensionManager
    function blacklist(uint64 memberNo, bytes32 reasonHash) external restricted {
        emit MemberBlacklisted(memberNo, reasonHash, msg.sender);
        _bar(memberNo, MemberStatus.Blacklisted);
    }

    /// @inheritdoc ISuspensionManager
    function reinstate(uint64 memberNo) external restricted {
        MemberStatus status = _members.statusOf(memberNo);
        if (status != MemberStatus.Terminated && status != MemberStatus.Blacklisted) {
            revert SuspensionManager_NotBarred(memberNo, status);
        }
        // A member without KYC waits for it, as it did at first.
        status = _kyc.levelOf(memberNo) == KycLevel.None ? MemberStatus.Pending : MemberStatus.Active;
        emit MemberReinstated(memberNo, status, msg.sender);
        _setStatus(memberNo, status);
    }

    /* LEGAL ORDERS */

    /// @inheritdoc ISuspensionManager
    function freeze(uint64 memberNo, uint40 duration, bytes32 orderHash) external restricted {
        uint40 until = _members.frozenUntil(memberNo);
        if (block.timestamp < until) revert SuspensionManager_AlreadyFrozen(memberNo, until);
        _useOrder(orderHash);
        _storage().freezes[memberNo] = Freeze(msg.sender, orderHash);
        emit MemberFrozen(memberNo, _freeze(memberNo, duration), orderHash, msg.sender);
    }

    /// @inheritdoc ISuspensionManager
    function renewFreeze(uint64 memberNo, uint40 duration, bytes32 orderHash) external restricted {
        Freeze storage f = _storage().freezes[memberNo];
        _requireFrozen(memberNo);
        if (msg.sender == f.by) revert SuspensionManager_OwnDecision(msg.sender);
        if (orderHash != f.orderHash) _useOrder(orderHash);
        f.orderHash = orderHash;
        emit FreezeRenewed(memberNo, _freeze(memberNo, duration), orderHash, msg.sender);
    }

    /// @inheritdoc ISuspensionManager
    function unfreeze(uint64 memberNo) external {
        if (!_holds(Roles.COMPLIANCE) && !_holds(Roles.COUNCIL)) revert SuspensionManager_NotAllowed(msg.sender);
        _requireFrozen(memberNo);
        emit FreezeLifted(memberNo, msg.sender);
        _members.freeze(memberNo, uint40(block.timestamp));
    }

    /* PARAMETERS */

    /// @inheritdoc ISuspensionManager
    function setCap(Reason reason, uint40 cap) external restricted {
        if (reason == Reason.Emergency) revert SuspensionManager_BadReason(reason);
        _setCap(reason, cap);
    }

    /// @inheritdoc ISuspensionManager
    function setWindows(Windows calldata windows_) external restricted {
        _setWindows(windows_);
    }

    /* VIEWS */

    /// @inheritdoc ISuspensionManager
    function suspension(uint256 suspensionId) external view returns (Suspension memory) {
        return _storage().suspensions[suspensionId];
    }

    /// @inheritdoc ISuspensionManager
    function endsAtOf(uint256 suspensionId) public view returns (uint40) {
        Suspension storage s = _storage().suspensions[suspensionId];
        return s.state == State.Appealed && s.decideBy < s.endsAt ? s.decideBy : s.endsAt;
    }

    /// @inheritdoc ISuspensionManager
    function currentOf(uint64 memberNo) external view returns (uint256 suspensionId) {
        return _current(memberNo);
    }

    /// @inheritdoc ISuspensionManager
    function checklistOf(uint64 memberNo) public view returns (uint256 bits) {
        uint256 suspensionId = _current(memberNo);
        if (suspensionId == 0) return 0;
        Suspension storage s = _storage().suspensions[suspensionId];
        bool founded = s.state != State.Overturned;
        if (block.timestamp < endsAtOf(suspensionId)) bits |= TERM;
        if (block.timestamp < _members.frozenUntil(memberNo)) bits |= FROZEN;
        if (founded && s.reason == Reason.KycViolation && _kyc.levelOf(memberNo) == KycLevel.None) bits |= NO_KYC;
        uint32 validatorId = _validators.validatorOf(memberNo);
        if (validatorId != 0 && _core.openCasesOf(validatorId) != 0) bits |= OPEN_CASE;
    }

    /// @inheritdoc ISuspensionManager
    function suggestedDuration(uint64 memberNo, Reason reason) external view returns (uint40) {
        if (reason == Reason.Emergency) return EMERGENCY;
        uint256 repeats = _storage().repeats[memberNo][reason];
        return _storage().caps[reason] >> (repeats < 3 ? 3 - repeats : 0);
    }

    /// @inheritdoc ISuspensionManager
    function suspensionCount() external view returns (uint256) {
        return _storage().count;
    }

    /// @inheritdoc ISuspensionManager
    function repeatsOf(uint64 memberNo, Reason reason) external view returns (uint32) {
        return _storage().repeats[memberNo][reason];
    }

    /// @inheritdoc ISuspensionManager
    function nextEmergencyAt(uint64 memberNo) external view returns (uint40) {
        return _storage().nextEmergencyAt[memberNo];
    }

    /// @inheritdoc ISuspensionManager
    function freezeOf(uint64 memberNo) external view returns (Freeze memory) {
        return _storage().freezes[memberNo];
    }

    /// @inheritdoc ISuspensionManager
    function capOf(Reason reason) external view returns (uint40) {
        return reason == Reason.Emergency ? EMERGENCY : _storage().caps[reason];
    }

    /// @inheritdoc ISuspensionManager
    function windows() external view returns (Windows memory) {
        return _storage().windows;
    }

    /* INTERNALS */

    function _suspend(
        uint64 memberNo,
        Reason reason,
        bytes32 evidenceHash,
        uint40 duration,
        uint40 appealWindow
    ) private returns (uint256 id) {
        Storage storage $ = _storage();

        // Check: evidence, and a member that is not under another sanction than an emergency.
        if (evidenceHash == bytes32(0)) revert SuspensionManager_NoEvidence();
        MemberStatus before = _members.statusOf(memberNo);
        uint256 earlier = _current(memberNo);
        if (earlier != 0) {
            Suspension storage e = $.suspensions[earlier];
            if (e.reason != Reason.Emergency || reason == Reason.Emergency) {
                revert SuspensionManager_AlreadySuspended(memberNo, earlier);
            }
            before = e.before;
            e.state = State.Ended;
        } else if (before == MemberStatus.None || before >= MemberStatus.Suspended) {
            revert SuspensionManager_NotSuspendable(memberNo, before);
        }

        // Effect: on the record.
        id = ++$.count;
        $.current[memberNo] = id;
        ++$.repeats[memberNo][reason];
        Suspension storage s = $.suspensions[id];
        (s.memberNo, s.reason, s.state, s.before) = (memberNo, reason, State.Imposed, before);
        s.suspendedAt = uint40(block.timestamp);
        s.endsAt = s.suspendedAt + duration;
        s.appealBy = s.suspendedAt + appealWindow;
        (s.by, s.evidenceHash) = (msg.sender, evidenceHash);
        emit MemberSuspended(memberNo, id, reason, evidenceHash, s.endsAt, s.appealBy, msg.sender);

        // Interaction: standing, active set, votes.
        if (earlier == 0) _setStatus(memberNo, MemberStatus.Suspended);
    }

    function _restore(uint64 memberNo, uint256 suspensionId) private {
        Suspension storage s = _storage().suspensions[suspensionId];
        if (s.state != State.Overturned) s.state = State.Ended;
        delete _storage().current[memberNo];
        emit MemberRestored(memberNo, suspensionId);
        _setStatus(memberNo, s.before);
    }

    /// @dev Whatever suspension there was is over: it may not be restored from.
    function _bar(uint64 memberNo, MemberStatus status) private {
        Storage storage $ = _storage();
        uint256 suspensionId = _current(memberNo);
        if (suspensionId != 0) {
            $.suspensions[suspensionId].state = State.Ended;
            delete $.current[memberNo];
        }
        _setStatus(memberNo, status);
    }

    /// @dev What hangs on a standing follows; none of it may keep a sanction or its end from happening.
    function _setStatus(uint64 memberNo, MemberStatus status) private {
        _members.setStatus(memberNo, status);
        uint32 validatorId = _validators.validatorOf(memberNo);
        uint256 offered = gasleft();
        if (validatorId != 0 && status != MemberStatus.Active) {
            // Refused where there is nothing to do.
            try _validators.deactivate(validatorId) {} catch {
                _requireGas(offered);
            }
        }
        IStakeVotes votes = _storage().votes;
        if (address(votes) == address(0)) return;
        offered = gasleft();
        try votes.refresh(memberNo) {} catch {
            _requireGas(offered);
            emit VotesNotTold(memberNo);
        }
    }

    /// @dev Danger: a call that is starved of gas fails like one that is refused. A failure is believed only of a call
    /// that was offered enough.
    function _requireGas(uint256 offered) private pure {
        if (offered < CALL_GAS) revert SuspensionManager_GasTooLow(offered, CALL_GAS);
    }

    function _freeze(uint64 memberNo, uint40 duration) private returns (uint40 until) {
        if (duration == 0 || duration > LONGEST_FREEZE) revert SuspensionManager_BadDuration(duration, LONGEST_FREEZE);
        until = uint40(block.timestamp) + duration;
        _members.freeze(memberNo, until);
    }

    function _useOrder(bytes32 orderHash) private {
        Storage storage $ = _storage();
        if (orderHash == bytes32(0)) revert SuspensionManager_NoEvidence();
        if ($.orders[orderHash]) revert SuspensionManager_OrderUsed(orderHash);
        $.orders[orderHash] = true;
    }

    function _setCap(Reason reason, uint40 cap) private {
        if (cap == 0 || cap > LONGEST_CAP) revert SuspensionManager_OutOfRange(cap, 1, LONGEST_CAP);
        _storage().caps[reason] = cap;
        emit CapChanged(reason, cap);
    }

    function _setWindows(Windows calldata w) private {
        if (w.appeal == 0 || w.appeal > LONGEST_WINDOW) {
            revert SuspensionManager_OutOfRange(w.appeal, 1, LONGEST_WINDOW);
        }
        if (w.decision == 0 || w.decision > LONGEST_WINDOW) {
            revert SuspensionManager_OutOfRange(w.decision, 1, LONGEST_WINDOW);
        }
        _storage().windows = w;
        emit WindowsChanged(w.appeal, w.decision);
    }

    /// @dev A suspension counts while the registry says so too.
    function _current(uint64 memberNo) private view returns (uint256) {
        return _members.statusOf(memberNo) == MemberStatus.Suspended ? _storage().current[memberNo] : 0;
    }

    function _requireFrozen(uint64 memberNo) private view {
        if (block.timestamp >= _members.frozenUntil(memberNo)) revert SuspensionManager_NotFrozen(memberNo);
    }

    function _holds(uint64 role) private view returns (bool held) {
        (held, ) = IAccessManager(authority()).hasRole(role, msg.sender);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
