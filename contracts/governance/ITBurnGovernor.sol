// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBondingGuard} from "../slashing/IBondingGuard.sol";
import {IProposalRules} from "./IProposalRules.sol";

/// @notice Proposals, votes and overrides of stakers; the timelock executes what they decided.
/// @dev OpenZeppelin's governor with overridable counting, late-quorum extension, timelock and a guardian that may
/// cancel. There is no super quorum: its early close would take override votes away. A description that ends with
/// `#proposer=0x…` can be proposed by that wallet alone. Support 0 is against, 1 for, 2 abstain; times are seconds.
///
/// Voters stay bonded until what they decided has happened: voting delay + period + extension + timelock delay never
/// exceed the shortest unbonding. Every setter here holds to it. The timelock's own delay is changed by the timelock,
/// out of this contract's sight: so the rules want a proposal that changes it to end with a call of `requireBonded`,
/// which fails the whole batch. A proposer other than this contract, which a deployment may name, is not held to that;
/// `longestSeconds` then shows the breach, and the staking core refuses unbondings below it.
interface ITBurnGovernor is IBondingGuard {
    /// @param votingDelay Seconds from proposal to snapshot.
    /// @param votingPeriod Seconds from snapshot to deadline.
    /// @param lateQuorumExtension Seconds that voting lasts at least once the quorum is there.
    /// @param proposalThreshold Units needed to propose.
    /// @param quorumPercent Percent of all units that must vote for or abstain.
    struct Terms {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint48 lateQuorumExtension;
        uint256 proposalThreshold;
        uint256 quorumPercent;
    }

    // -- Errors --

    /// @notice `proposalId` of the same proposer is pending or being voted on.
    error TBurnGovernor_LiveProposal(uint256 proposalId);
    /// @notice Decisions would take `sum` seconds and outlast the bond of those who made them.
    error TBurnGovernor_BondingTooShort(uint256 sum, uint256 unbonding);
    error TBurnGovernor_NoRelay();
    error TBurnGovernor_NoParams();

    // -- Views --

    /// @notice What proposals may call.
    function rules() external view returns (IProposalRules);

    /// @notice Latest proposal of `proposer`; 0 if there was none.
    function latestProposalOf(address proposer) external view returns (uint256 proposalId);

    /// @notice Reverts if decisions outlast the shortest unbonding.
    function requireBonded() external view;
}
