// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice A contract whose processes must end before stake can leave (protocol §4 and §6).
interface IBondingGuard {
    /// @return Seconds that its longest process takes, over its present and its scheduled parameters.
    function longestSeconds() external view returns (uint40);
}
