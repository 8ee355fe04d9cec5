// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What a guardian may stop, for how long, and how often. Nothing else in the system can be paused.
/// @dev Windows are constants, so that no vote can turn a pause into a lock. While slashing is paused, claims are paused
/// too, and `tolledSeconds` grows: case deadlines and cohort maturities wait by exactly that.
interface IProtocolPause {
    /// @notice Groups of functions that stop together.
    enum Scope {
        Entry,
        Redelegation,
        Rewards,
        Slashing,
        Exit,
        Claim
    }

    /// @param until Unix seconds; the pause lapses by itself.
    /// @param nextAt Unix seconds from which the scope may be paused again.
    struct Stop {
        uint40 since;
        uint40 until;
        uint40 nextAt;
    }

    // -- Events --

    /// @notice `scope` stands still until `until`.
    event ScopePaused(Scope indexed scope, uint40 until, bytes32 reason);
    event ScopeResumed(Scope indexed scope, uint40 resumedAt);

    // -- Errors --

    error ProtocolPause_Paused(Scope scope, uint40 until);
    error ProtocolPause_TooLong(uint40 duration, uint40 longest);
    /// @notice The scope was paused lately; the next pause is allowed from `nextAt`.
    error ProtocolPause_TooSoon(Scope scope, uint40 nextAt);
    /// @notice Exits or claims stood still for `used` of the `budget` seconds that any rolling period allows.
    error ProtocolPause_BudgetSpent(uint40 used, uint40 budget);
    error ProtocolPause_NotPaused(Scope scope);

    /// @notice Pauses `scope` for `duration` seconds, at most 72 h, once per 30 days. Slashing takes claims along. Only the
    /// guardian role.
    /// @param reason Hash of the published reason.
    function pause(Scope scope, uint40 duration, bytes32 reason) external;

    /// @notice Ends a pause early. Guardian or administrator.
    function resume(Scope scope) external;

    // -- Views --

    /// @notice Reverts while `scope` is paused.
    function requireOpen(Scope scope) external view;

    function isPaused(Scope scope) external view returns (bool);

    function stopOf(Scope scope) external view returns (Stop memory);

    /// @notice Seconds for which slashing, and with it claims, has stood still since the deployment.
    function tolledSeconds() external view returns (uint40);

    /// @notice `tolledSeconds`; reverts while claims are paused.
    function claimClock() external view returns (uint40 tolled);

    /// @notice Seconds for which exits, claims or slashing were paused in the rolling 90 days that end now.
    function exitSecondsUsed() external view returns (uint40);
}
