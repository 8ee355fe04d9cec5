// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PoolMath} from "../libraries/PoolMath.sol";
import {Pool} from "../types/Pool.sol";
import {IStakingCore} from "./IStakingCore.sol";

/// @notice What an exit cohort answers to everybody who asks it.
library Cohorts {
    using PoolMath for Pool;

    /// @return Unix seconds from which the cohort is paid.
    /// @param tolled Seconds that slashing has stood still so far.
    function matures(IStakingCore.Cohort storage c, uint40 tolled) internal view returns (uint40) {
        return c.maturesAt + (tolled - c.tollAt);
    }

    /// @return Loss of tokens that were redelegated into `redel`, had they stayed and left on that day.
    function owed(Pool memory redel, IStakingCore.Lien storage l) internal view returns (uint256) {
        uint256 kept = redel.gen == l.gen ? redel.toTokensDown(l.redelShares) : 0;
        return kept >= l.base ? 0 : l.base - kept;
    }

    function poolOf(IStakingCore.Cohort storage c, IStakingCore.RequestKind kind) internal view returns (Pool storage) {
        return kind == IStakingCore.RequestKind.Delegation ? c.del : c.self_;
    }
}
