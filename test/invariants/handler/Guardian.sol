// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {Base} from "../Base.sol";

/// @notice The guardian, who stops groups of functions within budgets (item 23).
abstract contract Guardian is Base {
    struct Stretch {
        IProtocolPause.Scope scope;
        uint256 from;
        uint256 to;
    }

    Stretch[] private _stretches;

    function pauseScope(uint256 seed) external act {
        if (seed % 2 != 0) return;
        IProtocolPause.Scope scope = IProtocolPause.Scope((seed / 2) % 6);
        uint40 duration = uint40((seed / 16) % 76 hours);
        bytes memory expected = abi.encodePacked(
            IProtocolPause.ProtocolPause_TooLong.selector,
            IProtocolPause.ProtocolPause_TooSoon.selector,
            IProtocolPause.ProtocolPause_BudgetSpent.selector
        );
        bytes memory data = abi.encodeCall(pause.pause, (scope, duration, keccak256("reason")));
        (bool ok, ) = _attempt("pause", GUARDIAN, address(pause), data, expected);
        if (!ok) return;
        if (duration > 72 hours) revert Broken(23, duration, 72 hours);
        for (uint256 i = _stretches.length; i > 0; --i) {
            Stretch memory s = _stretches[i - 1];
            if (s.scope == scope && clock < s.from + 30 days) revert Broken(23, clock, s.from + 30 days);
        }
        _stretches.push(Stretch(scope, clock, clock + duration));
        if (scope >= IProtocolPause.Scope.Slashing) _requireBudget();
    }

    function resumeScope(uint256 seed) external act {
        IProtocolPause.Scope scope = IProtocolPause.Scope(seed % 6);
        bytes memory data = abi.encodeCall(pause.resume, (scope));
        bytes4 none = IProtocolPause.ProtocolPause_NotPaused.selector;
        (bool ok, ) = _attempt("resume", GUARDIAN, address(pause), data, abi.encodePacked(none));
        if (!ok) return;
        for (uint256 i = _stretches.length; i > 0; --i) {
            if (_stretches[i - 1].scope != scope) continue;
            _stretches[i - 1].to = clock;
            return;
        }
    }

    /// @dev Item 23: exits, claims and slashing stand still for seven of any ninety days.
    function _requireBudget() private view {
        uint256 end = _stretches[_stretches.length - 1].to;
        uint256 begin = end - 90 days;
        uint256 used;
        for (uint256 i; i < _stretches.length; ++i) {
            Stretch memory s = _stretches[i];
            if (s.scope < IProtocolPause.Scope.Slashing || s.to <= begin) continue;
            used += s.to - (s.from > begin ? s.from : begin);
        }
        if (used > 7 days) revert Broken(23, used, 7 days);
    }

    /// @dev Item 23: nothing may leave while the accused cannot be slashed.
    function _checkPauses() internal view {
        bool slashingStopped = pause.isPaused(IProtocolPause.Scope.Slashing);
        if (slashingStopped && !pause.isPaused(IProtocolPause.Scope.Claim)) revert Broken(23, clock, 0);
    }
}
