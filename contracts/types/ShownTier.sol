// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Tiers as people read them (seed §1): the tier in force, or the sanction that hides it.
enum ShownTier {
    BasicUser,
    DelegatedStaker,
    CandidateValidator,
    ActiveValidator,
    InactiveValidator,
    GenesisValidator,
    EnterpriseValidator,
    GovernanceValidator,
    ProbationValidator,
    SuspendedValidator,
    SlashedValidator
}
