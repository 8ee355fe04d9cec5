// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {KycLevel} from "../types/KycLevel.sol";
import {MemberTier} from "../types/MemberTier.sol";

/// @notice What a tier asks for and allows (seed §4), as data. Tokens are base units, rates basis points.
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

    /// @param minSelfStake Own stake of the member's validator.
    /// @param minDelegated Sum of the member's delegations.
    /// @param minKyc Level of KYC in force.
    /// @param minUptimeBps Mean uptime over the reported epochs; 0 if none is asked for.
    /// @param slaBps Uptime of one epoch below which a penalty point is due; 0 if nothing was promised.
    /// @param appointment Whether governance must have appointed the member.
    struct Requirements {
        uint112 minSelfStake;
        uint112 minDelegated;
        KycLevel minKyc;
        uint16 minUptimeBps;
        uint16 slaBps;
        bool appointment;
    }

    uint16 internal constant UNLIMITED_RATIO = type(uint16).max;
    uint32 internal constant UNLIMITED_POSITIONS = type(uint32).max;
    uint112 internal constant STAKER_DELEGATION = 100e18;
    uint112 internal constant CANDIDATE_STAKE = 10_000e18;
    uint112 internal constant ACTIVE_STAKE = 50_000e18;
    uint112 internal constant ENTERPRISE_STAKE = 500_000e18;

    /// @notice Terms of `tier`. A tier below candidate may hold a commission in the candidate's band but no delegation.
    function terms(MemberTier tier) internal pure returns (Terms memory) {
        if (tier == MemberTier.EnterpriseValidator) {
            return Terms(ENTERPRISE_STAKE, 100, 800, UNLIMITED_RATIO, UNLIMITED_POSITIONS);
        }
        // Genesis and Governance follow an active validator's rules (protocol §11).
        if (tier >= MemberTier.ActiveValidator) return Terms(ACTIVE_STAKE, 300, 1000, 50, UNLIMITED_POSITIONS);
        if (tier == MemberTier.CandidateValidator) return Terms(CANDIDATE_STAKE, 500, 1500, 10, 100);
        return Terms(0, 500, 1500, 0, 0);
    }

    /// @notice Facts that `tier` asks for.
    function requirements(MemberTier tier) internal pure returns (Requirements memory) {
        if (tier == MemberTier.EnterpriseValidator) {
            return Requirements(ENTERPRISE_STAKE, 0, KycLevel.Institutional, 9990, 9995, false);
        }
        if (tier >= MemberTier.ActiveValidator) {
            return Requirements(ACTIVE_STAKE, 0, KycLevel.Enhanced, 9900, 9900, tier != MemberTier.ActiveValidator);
        }
        if (tier == MemberTier.CandidateValidator) {
            return Requirements(CANDIDATE_STAKE, 0, KycLevel.Enhanced, 9500, 0, false);
        }
        if (tier == MemberTier.DelegatedStaker) return Requirements(0, STAKER_DELEGATION, KycLevel.Basic, 0, 0, false);
        return Requirements(0, 0, KycLevel.None, 0, 0, false);
    }
}
