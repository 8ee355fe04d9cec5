// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ISuspensionManager} from "../../../contracts/suspensions/ISuspensionManager.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {Managers} from "./Managers.sol";

/// @notice Suspensions, their appeals and their end; freezes by legal order. Exits stay open meanwhile (item 26).
abstract contract Sanctions is Managers {
    function suspend(uint256 who, uint256 seed) external act {
        if (seed % 2 != 0) return;
        (uint64 memberNo, ) = _anyMember(who);
        ISuspensionManager.Reason reason = ISuspensionManager.Reason((seed / 2) % 6);
        uint40 duration = uint40(1 + ((seed / 16) % suspensions.capOf(reason)));
        bytes memory data = abi.encodeCall(suspensions.suspend, (memberNo, reason, keccak256("evidence"), duration));
        (bool ok, ) = _attempt("suspend", COMPLIANCE, address(suspensions), data, _refusals());
        if (ok) _requireStopped(memberNo);
    }

    function emergency(uint256 who, uint256 seed) external act {
        if (seed % 2 != 0) return;
        (uint64 memberNo, ) = _anyMember(who);
        bytes memory data = abi.encodeCall(suspensions.emergencySuspend, (memberNo, keccak256("evidence")));
        (bool ok, ) = _attempt("emergency", GUARDIAN, address(suspensions), data, _refusals());
        if (ok) _requireStopped(memberNo);
    }

    function _refusals() private pure returns (bytes memory) {
        return
            abi.encodePacked(
                ISuspensionManager.SuspensionManager_AlreadySuspended.selector,
                ISuspensionManager.SuspensionManager_NotSuspendable.selector,
                ISuspensionManager.SuspensionManager_TooSoon.selector
            );
    }

    /// @dev Item 18: who is suspended earns nothing and has no units.
    function _requireStopped(uint64 memberNo) private view {
        if (members.statusOf(memberNo) == MemberStatus.Active) revert Broken(18, memberNo, 0);
        uint32 validatorId = validators.validatorOf(memberNo);
        if (validatorId != 0 && validators.isEarning(validatorId)) revert Broken(18, validatorId, 0);
        if (votes.holding(memberNo).units != 0) revert Broken(18, votes.holding(memberNo).units, 0);
    }

    function appealSuspension(uint256 which) external act {
        uint256 id = _someSuspension(which);
        if (id == 0) return;
        address owner = members.ownerOf(suspensions.suspension(id).memberNo);
        if (owner == address(liquid)) return;
        bytes memory expected = abi.encodePacked(
            ISuspensionManager.SuspensionManager_WrongState.selector,
            ISuspensionManager.SuspensionManager_WindowClosed.selector
        );
        bytes memory data = abi.encodeCall(suspensions.appeal, (id, keccak256("statement")));
        _attempt("appeal suspension", owner, address(suspensions), data, expected);
    }

    function decideSuspension(uint256 which, uint256 seed) external act {
        uint256 id = _someSuspension(which);
        if (id == 0) return;
        ISuspensionManager.Verdict verdict = ISuspensionManager.Verdict(seed % 3);
        bytes memory expected = abi.encodePacked(
            ISuspensionManager.SuspensionManager_WrongState.selector,
            ISuspensionManager.SuspensionManager_WindowClosed.selector,
            ISuspensionManager.SuspensionManager_BadEnd.selector
        );
        uint40 endsAt = uint40(clock + ((seed / 4) % 3 days));
        bytes memory data = abi.encodeCall(suspensions.decide, (id, verdict, endsAt));
        _attempt("decide suspension", COUNCIL, address(suspensions), data, expected);
    }

    /// @dev Anyone restores whose term is over and against whom nothing stands, and nobody else.
    function restore(uint256 who) external act {
        (uint64 memberNo, ) = _anyMember(who);
        for (uint256 i; i < 12 && suspensions.currentOf(memberNo) == 0; ++i) (memberNo, ) = _anyMember(who / 2 + i);
        uint256 id = suspensions.currentOf(memberNo);
        bytes memory data = abi.encodeCall(suspensions.restore, (memberNo));
        if (id == 0) {
            bytes4 none = ISuspensionManager.SuspensionManager_NotSuspended.selector;
            return _mustNot("restore nobody", STRANGER, address(suspensions), data, none);
        }
        if (suspensions.checklistOf(memberNo) != 0) {
            bytes4 failed = ISuspensionManager.SuspensionManager_ChecklistFailed.selector;
            return _mustNot("restore early", STRANGER, address(suspensions), data, failed);
        }
        if (clock < suspensions.endsAtOf(id)) revert Broken(26, id, clock);
        _must("restore", STRANGER, address(suspensions), data);
    }

    /// @dev For good, seldom; and back again.
    function bar(uint256 who, uint256 seed) external act {
        (uint64 memberNo, ) = _anyMember(who);
        if (members.statusOf(memberNo) >= MemberStatus.Terminated) {
            _must("reinstate", COUNCIL, address(suspensions), abi.encodeCall(suspensions.reinstate, (memberNo)));
            return;
        }
        if (seed % 8 != 0) return;
        bytes memory data =
            seed % 16 == 0
                ? abi.encodeCall(suspensions.terminate, (memberNo, keccak256("reason")))
                : abi.encodeCall(suspensions.blacklist, (memberNo, keccak256("reason")));
        _must("bar", COUNCIL, address(suspensions), data);
        _requireStopped(memberNo);
    }

    /// @dev Only payments wait, at most 90 days, and who froze does not renew.
    function freeze(uint256 who, uint256 seed) external act {
        (uint64 memberNo, ) = _anyMember(who);
        bytes32 order = keccak256(abi.encode("order", calls));
        uint40 duration = uint40(1 + ((seed / 4) % 4 days));
        if (clock >= members.frozenUntil(memberNo)) {
            if (seed % 4 != 0) return;
            bytes memory begin = abi.encodeCall(suspensions.freeze, (memberNo, duration, order));
            _must("freeze", COMPLIANCE, address(suspensions), begin);
        } else if (seed % 2 == 0) {
            _must("unfreeze", COUNCIL, address(suspensions), abi.encodeCall(suspensions.unfreeze, (memberNo)));
        } else {
            bytes memory again = abi.encodeCall(suspensions.renewFreeze, (memberNo, duration, order));
            _must("renew freeze", COUNCIL, address(suspensions), again);
        }
        if (members.frozenUntil(memberNo) > clock + 90 days) revert Broken(26, members.frozenUntil(memberNo), clock);
    }

    function _someSuspension(uint256 seed) private view returns (uint256) {
        uint256 count = suspensions.suspensionCount();
        // The latest ones are those that can still be contested.
        return count == 0 ? 0 : count - (seed % (count < 3 ? count : 3));
    }
}
