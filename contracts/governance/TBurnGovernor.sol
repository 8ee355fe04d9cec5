// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {GovernorCountingOverridableUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorCountingOverridableUpgradeable.sol";
import {GovernorPreventLateQuorumUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorPreventLateQuorumUpgradeable.sol";
import {GovernorProposalGuardianUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorProposalGuardianUpgradeable.sol";
import {GovernorSettingsUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorSettingsUpgradeable.sol";
import {GovernorTimelockControlUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorTimelockControlUpgradeable.sol";
import {GovernorVotesQuorumFractionUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesQuorumFractionUpgradeable.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Managed} from "../libraries/Managed.sol";
import {IBondingGuard} from "../slashing/IBondingGuard.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {IProposalRules} from "./IProposalRules.sol";
import {ITBurnGovernor} from "./ITBurnGovernor.sol";

/// @notice OpenZeppelin's governor, held to rules about calls and to the bond of its voters.
/// @dev Documented in `ITBurnGovernor`.
contract TBurnGovernor is
    ITBurnGovernor,
    Managed,
    GovernorSettingsUpgradeable,
    GovernorCountingOverridableUpgradeable,
    GovernorVotesQuorumFractionUpgradeable,
    GovernorPreventLateQuorumUpgradeable,
    GovernorTimelockControlUpgradeable,
    GovernorProposalGuardianUpgradeable
{
    using SafeCast for uint256;

    /// @custom:storage-location erc7201:tburn.storage.TBurnGovernor
    struct Storage {
        mapping(address proposer => uint256 proposalId) latest;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.TBurnGovernor")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0xcf42209c04247bdeb0d7ab046135c4ee069d75dfe90b5ba33b054f2b42163000;

    IStakingCore private immutable _core;
    IProposalRules private immutable _rules;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IStakingCore core, IProposalRules rules_) {
        _core = core;
        _rules = rules_;
    }

    /// @param guardian May cancel any proposal that is not executed; zero lets proposers cancel their own instead.
    function initialize(
        address authority_,
        IVotes votes,
        TimelockControllerUpgradeable timelock_,
        Terms calldata terms,
        address guardian
    ) external initializer {
        __AccessManaged_init(authority_);
        __Governor_init("TBURN Governor");
        __GovernorSettings_init(terms.votingDelay, terms.votingPeriod, terms.proposalThreshold);
        __GovernorVotes_init(votes);
        __GovernorVotesQuorumFraction_init(terms.quorumPercent);
        __GovernorPreventLateQuorum_init(terms.lateQuorumExtension);
        __GovernorTimelockControl_init(timelock_);
        _setProposalGuardian(guardian);
        requireBonded();
    }

    /* GOVERNANCE */

    /// @notice Moves decisions to another timelock. Only a proposal, inside the bond.
    function updateTimelock(TimelockControllerUpgradeable newTimelock) public override {
        super.updateTimelock(newTimelock);
        requireBonded();
    }

    /// @notice Refused always: the governor's own calls reach the timelock as its proposer and would skip the vote.
    function relay(address, uint256, bytes calldata) public payable override {
        revert TBurnGovernor_NoRelay();
    }

    /// @notice Refused always: no counting here reads parameters, and `castVoteBySig` casts the same ballot.
    function castVoteWithReasonAndParamsBySig(
        uint256,
        uint8,
        address,
        string calldata,
        bytes memory,
        bytes memory
    ) public pure override returns (uint256) {
        revert TBurnGovernor_NoParams();
    }

    /* VIEWS */

    /// @inheritdoc ITBurnGovernor
    function rules() external view returns (IProposalRules) {
        return _rules;
    }

    /// @inheritdoc ITBurnGovernor
    function latestProposalOf(address proposer) external view returns (uint256 proposalId) {
        return _storage().latest[proposer];
    }

    /// @inheritdoc ITBurnGovernor
    function requireBonded() public view {
        uint256 sum = _decisionSeconds();
        uint256 unbonding = _core.shortestUnbonding();
        if (sum > unbonding) revert TBurnGovernor_BondingTooShort(sum, unbonding);
    }

    /// @inheritdoc IBondingGuard
    function longestSeconds() external view returns (uint40) {
        return _decisionSeconds().toUint40();
    }

    /* INTERNALS */

    /// @dev The checks that this governor adds to a proposal.
    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 proposalId) {
        Storage storage $ = _storage();

        // Check: one proposal at a time. A decided one that nobody executes does not bar the next.
        uint256 latest = $.latest[proposer];
        if (latest != 0 && state(latest) < ProposalState.Canceled) revert TBurnGovernor_LiveProposal(latest);

        proposalId = super._propose(targets, values, calldatas, description, proposer);

        // Check: the system's contracts only.
        _rules.check(targets, calldatas, timelock());

        $.latest[proposer] = proposalId;
    }

    function _decisionSeconds() private view returns (uint256) {
        return
            votingDelay() +
            votingPeriod() +
            lateQuorumVoteExtension() +
            TimelockControllerUpgradeable(payable(timelock())).getMinDelay();
    }

    /// @dev During the initialisation the sum is checked once, when all its parts are there.
    function _requireBonded() private view {
        if (!_isInitializing()) requireBonded();
    }

    function _setVotingDelay(uint48 newVotingDelay) internal override {
        super._setVotingDelay(newVotingDelay);
        _requireBonded();
    }

    function _setVotingPeriod(uint32 newVotingPeriod) internal override {
        super._setVotingPeriod(newVotingPeriod);
        if (newVotingPeriod < lateQuorumVoteExtension()) {
            revert GovernorPreventLateQuorumVoteExtensionTooLarge(lateQuorumVoteExtension(), newVotingPeriod);
        }
        _requireBonded();
    }

    function _setLateQuorumVoteExtension(uint48 newVoteExtension) internal override {
        super._setLateQuorumVoteExtension(newVoteExtension);
        _requireBonded();
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }

    /* OVERRIDES THAT SOLIDITY ASKS FOR */

    function state(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (ProposalState) {
        return super.state(proposalId);
    }

    function proposalDeadline(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorPreventLateQuorumUpgradeable) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function proposalThreshold()
        public
        view
        override(GovernorUpgradeable, GovernorSettingsUpgradeable)
        returns (uint256)
    {
        return super.proposalThreshold();
    }

    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    function _tallyUpdated(
        uint256 proposalId
    ) internal override(GovernorUpgradeable, GovernorPreventLateQuorumUpgradeable) {
        super._tallyUpdated(proposalId);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor()
        internal
        view
        override(GovernorUpgradeable, GovernorTimelockControlUpgradeable)
        returns (address)
    {
        return super._executor();
    }

    function _validateCancel(
        uint256 proposalId,
        address caller
    ) internal view override(GovernorUpgradeable, GovernorProposalGuardianUpgradeable) returns (bool) {
        return super._validateCancel(proposalId, caller);
    }
}
