// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What validators did in each epoch, as a quorum of reporters saw it.
interface IPerformanceOracle {
    /// @notice Mean uptime over the last 30 reported epochs.
    /// @return bps Basis points; 0 if there is no report.
    /// @return epochs Reported epochs that the mean is taken over, at most 30.
    function uptimeOf(uint32 validatorId) external view returns (uint16 bps, uint8 epochs);

    /// @notice Epochs of the last 30 in which the validator counted as down; bit 0 is the latest reported.
    /// @return bitmap One bit per epoch.
    /// @return latest Epoch that bit 0 stands for.
    function downtimeOf(uint32 validatorId) external view returns (uint32 bitmap, uint32 latest);
}
