// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {KycLevel} from "../types/KycLevel.sol";
import {MemberTier} from "../types/MemberTier.sol";

/// @notice What a validator's tier asks for and allows (seed §4), as data. Tokens are base units, rates basis points.
library TierTable {
    /// @param minSelfStake Own stake that the tier asks for.
    /// @param minCommissionBps Lowest commission.
    /// @param maxCommissionBps Highest commission.
    /// @param capRatio Delegated stake allowed per token of own stake; `type(uint16).max` is unlimited.
    /// @param maxPositions Delegations allowed at once; `type(uint32).max` is unlimited.
    struct Terms {
        uint112 minSelfStake;
        uint16 minCommissionBps;
        uint16 maxCommissionBps;
        uint16 capRatio;
        uint32 maxPositions;
    }

    uint16 internal constant UNLIMITED_RATIO = type(uint16).max;
    uint32 internal constant UNLIMITED_POSITIONS = type(uint32).max;
    uint112 internal constant CANDIDATE_STAKE = 10_000e18;
    uint112 internal constant ACTIVE_STAKE = 50_000e18;
    uint112 internal constant ENTERPRISE_STAKE = 500_000e18;

    /// @notice Highest validator tier that the facts support; below a candidate's stake it is `BasicUser`.
    function tierOf(uint256 selfStake, KycLevel level) internal pure returns (MemberTier) {
        if (selfStake >= ENTERPRISE_STAKE && level >= KycLevel.Institutional) return MemberTier.EnterpriseValidator;
        if (selfStake >= ACTIVE_STAKE && level >= KycLevel.Enhanced) return MemberTier.ActiveValidator;
        if (selfStake >= CANDIDATE_STAKE) return MemberTier.CandidateValidator;
        return MemberTier.BasicUser;
    }

    /// @notice Terms of `tier`. A tier below candidate may hold a commission in the candidate's band but no delegation.
    function terms(MemberTier tier) internal pure returns (Terms memory) {
        if (tier == MemberTier.EnterpriseValidator) {
            return Terms(ENTERPRISE_STAKE, 100, 800, UNLIMITED_RATIO, UNLIMITED_POSITIONS);
        }
        if (tier == MemberTier.ActiveValidator || tier == MemberTier.GenesisValidator) {
            return Terms(ACTIVE_STAKE, 300, 1000, 50, UNLIMITED_POSITIONS);
        }
        if (tier == MemberTier.CandidateValidator) return Terms(CANDIDATE_STAKE, 500, 1500, 10, 100);
        return Terms(0, 500, 1500, 0, 0);
    }
}
