// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Which calls a proposal may make.
/// @dev Guards voters against calls that look like the system's. It does not bind a majority, which may allow a target
/// in one proposal and call it in the next.
interface IProposalRules {
    /// @notice Proposals may, or may no longer, call `target`.
    event TargetAllowed(address indexed target, bool allowed);

    /// @notice Governance has no business at `target`, or none with that function.
    error ProposalRules_CallNotAllowed(address target, bytes4 selector);
    /// @notice A proposal that changes the timelock's delay must end with a call of the governor's `requireBonded`.
    error ProposalRules_DelayUnchecked();

    /// @notice Lets proposals call `target`, or stops it. Only the administrator, which is the timelock.
    function allowTarget(address target, bool allowed) external;

    /// @notice Reverts unless a proposal of the calling governor may make these calls.
    function check(address[] calldata targets, bytes[] calldata calldatas, address timelock) external view;

    function isAllowed(address target) external view returns (bool);
}
