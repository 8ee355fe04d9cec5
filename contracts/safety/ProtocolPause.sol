// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IProtocolPause} from "./IProtocolPause.sol";

/// @notice Pauses with budgets. No proxy: an upgrade could turn a pause into a lock, and every exit would pay for it.
/// @dev Documented in `IProtocolPause`.
contract ProtocolPause is IProtocolPause, AccessManaged {
    /// @dev A stretch of time in which exits stood still.
    struct Stretch {
        uint40 from;
        uint40 to;
    }

    uint40 private _tolled;
    mapping(Scope scope => Stop) private _stops;
    Stretch[] private _exitStretches;

    uint40 private constant LONGEST = 72 hours;
    uint40 private constant INTERVAL = 30 days;
    uint40 private constant EXIT_PERIOD = 90 days;
    uint40 private constant EXIT_BUDGET = 7 days;

    constructor(address authority_) AccessManaged(authority_) {}

    /// @inheritdoc IProtocolPause
    function pause(Scope scope, uint40 duration, bytes32 reason) external restricted {
        // Check: short enough.
        if (duration == 0 || duration > LONGEST) revert ProtocolPause_TooLong(duration, LONGEST);

        // Check: exits and claims keep their budget, whichever scope stops them.
        if (scope >= Scope.Slashing) {
            uint40 used = exitSecondsUsed();
            if (used + duration > EXIT_BUDGET) revert ProtocolPause_BudgetSpent(used, EXIT_BUDGET);
        }
        _stop(scope, duration, reason);
        if (scope >= Scope.Slashing) {
            _exitStretches.push(Stretch(uint40(block.timestamp), uint40(block.timestamp) + duration));
        }
    }

    /// @inheritdoc IProtocolPause
    function resume(Scope scope) external restricted {
        Stop storage stop = _stops[scope];
        if (block.timestamp >= stop.until) revert ProtocolPause_NotPaused(scope);
        stop.until = uint40(block.timestamp);
        if (scope >= Scope.Slashing) _cut(stop.since);
        emit ScopeResumed(scope, uint40(block.timestamp));
    }

    /* VIEWS */

    /// @inheritdoc IProtocolPause
    function claimClock() external view returns (uint40 tolled) {
        requireOpen(Scope.Claim);
        return tolledSeconds();
    }

    /// @inheritdoc IProtocolPause
    function requireOpen(Scope scope) public view {
        uint40 until = _until(scope);
        if (block.timestamp < until) revert ProtocolPause_Paused(scope, until);
    }

    /// @inheritdoc IProtocolPause
    function isPaused(Scope scope) external view returns (bool) {
        return block.timestamp < _until(scope);
    }

    /// @inheritdoc IProtocolPause
    function stopOf(Scope scope) external view returns (Stop memory) {
        return _stops[scope];
    }

    /// @inheritdoc IProtocolPause
    function tolledSeconds() public view returns (uint40 seconds_) {
        Stop storage stop = _stops[Scope.Slashing];
        uint40 end = block.timestamp < stop.until ? uint40(block.timestamp) : stop.until;
        return _tolled + (end - stop.since);
    }

    /// @inheritdoc IProtocolPause
    function exitSecondsUsed() public view returns (uint40 used) {
        Stretch[] storage stretches = _exitStretches;
        uint40 horizon = uint40(block.timestamp) - EXIT_PERIOD;
        // Newest first; a pause per 30 days and scope bounds the walk.
        for (uint256 i = stretches.length; i > 0; --i) {
            Stretch memory s = stretches[i - 1];
            if (s.from + LONGEST <= horizon) break;
            if (s.to <= horizon) continue;
            used += s.to - (s.from > horizon ? s.from : horizon);
        }
    }

    /* INTERNALS */

    function _stop(Scope scope, uint40 duration, bytes32 reason) private {
        Stop storage stop = _stops[scope];
        if (block.timestamp < stop.nextAt) revert ProtocolPause_TooSoon(scope, stop.nextAt);
        if (scope == Scope.Slashing) _tolled = tolledSeconds();
        stop.since = uint40(block.timestamp);
        stop.until = uint40(block.timestamp) + duration;
        stop.nextAt = uint40(block.timestamp) + INTERVAL;
        emit ScopePaused(scope, stop.until, reason);
    }

    /// @dev Gives back the seconds of an exit pause that ended early.
    function _cut(uint40 since) private {
        Stretch[] storage stretches = _exitStretches;
        for (uint256 i = stretches.length; i > 0; --i) {
            Stretch storage s = stretches[i - 1];
            if (s.from == since && s.to > block.timestamp) {
                s.to = uint40(block.timestamp);
                return;
            }
        }
    }

    function _until(Scope scope) private view returns (uint40 until) {
        until = _stops[scope].until;
        // Nothing may leave while the accused cannot be slashed.
        if (scope == Scope.Claim) {
            uint40 slashing = _stops[Scope.Slashing].until;
            if (slashing > until) until = slashing;
        }
    }
}
