// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Tiers a member can hold by stake and identity (seed §4). Sanctions are statuses, never tiers.
enum MemberTier {
    BasicUser,
    DelegatedStaker,
    CandidateValidator,
    ActiveValidator,
    GenesisValidator,
    EnterpriseValidator,
    GovernanceValidator
}
