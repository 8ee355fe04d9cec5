// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TierTable} from "../../contracts/libraries/TierTable.sol";
import {MemberTier} from "../../contracts/types/MemberTier.sol";

/// @dev The table of tiers agrees with itself, for every tier and every two of them.
contract Tiers {
    function haveSoundTerms(MemberTier tier) external pure {
        TierTable.Terms memory t = TierTable.terms(tier);
        TierTable.Requirements memory r = TierTable.requirements(tier);
        assert(t.minCommissionBps <= t.maxCommissionBps && t.maxCommissionBps <= 10_000);
        assert(t.minSelfStake == r.minSelfStake);
        assert(r.minUptimeBps <= 10_000 && r.slaBps <= 10_000);
        assert(r.slaBps == 0 || r.slaBps >= r.minUptimeBps);
    }

    function askMoreTheHigherTheyAre(MemberTier lower, MemberTier higher) external pure {
        require(lower <= higher && higher <= MemberTier.EnterpriseValidator);
        TierTable.Requirements memory a = TierTable.requirements(lower);
        TierTable.Requirements memory b = TierTable.requirements(higher);
        assert(a.minSelfStake <= b.minSelfStake);
        assert(a.minUptimeBps <= b.minUptimeBps);
        assert(a.minKyc <= b.minKyc);
        assert(TierTable.terms(higher).maxCommissionBps <= TierTable.terms(lower).maxCommissionBps);
    }
}
