// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IStakingCore} from "../staking/IStakingCore.sol";
import {ILiquidStakingVault} from "./ILiquidStakingVault.sol";

/// @notice Value of an exit that the core no longer knows.
library ExitValue {
    /// @notice What slashes left of an exit, by its cohort's fraction: for exits that somebody else made the core pay.
    /// @dev An unjailing on the exit's day lifts the cohort's fraction again; the value is then too high, and whoever
    /// uses it takes no more than there is.
    function kept(IStakingCore core, ILiquidStakingVault.Exit memory e) internal view returns (uint256) {
        uint64 keep = core.cohort(e.validatorId, e.day).keep;
        return keep >= e.keep ? e.tokens : Math.mulDiv(e.tokens, keep, e.keep);
    }
}
