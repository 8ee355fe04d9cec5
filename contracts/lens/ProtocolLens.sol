// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {StakeVotes} from "../governance/StakeVotes.sol";
import {TBurnGovernor} from "../governance/TBurnGovernor.sol";
import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IPerformanceOracle} from "../performance/IPerformanceOracle.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {ISlashingManager} from "../slashing/ISlashingManager.sol";
import {IRewardVault} from "../staking/IRewardVault.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ISuspensionManager} from "../suspensions/ISuspensionManager.sol";
import {ITierEngine} from "../tiers/ITierEngine.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IProtocolLens} from "./IProtocolLens.sol";

/// @notice Reads of several contracts in one.
/// @dev Documented in `IProtocolLens`.
contract ProtocolLens is IProtocolLens {
    /// @notice Where the system's contracts are.
    struct System {
        IERC20 token;
        IMemberRegistry members;
        IKycRegistry kyc;
        IValidatorRegistry validators;
        IStakingCore core;
        IRewardVault vault;
        IProtocolPause pause;
        IPerformanceOracle oracle;
        ITierEngine tiers;
        ISlashingManager slashing;
        ISuspensionManager suspensions;
        StakeVotes votes;
        TBurnGovernor governor;
    }

    System private _s;

    constructor(System memory system) {
        _s = system;
    }

    /// @inheritdoc IProtocolLens
    function memberOf(address wallet) external view returns (MemberView memory v) {
        v.balance = _s.token.balanceOf(wallet);
        v.votes = _s.votes.getVotes(wallet);
        v.units = _s.votes.balanceOf(wallet);
        v.delegate = _s.votes.delegates(wallet);
        v.memberNo = _s.members.memberNoOf(wallet);
        if (v.memberNo == 0) return v;
        v.member = _s.members.member(v.memberNo);
        v.validatorId = _s.validators.validatorOf(v.memberNo);
        v.kyc = _s.kyc.levelOf(v.memberNo);
        v.tier = _s.tiers.tierOf(v.memberNo);
        v.shownTier = _s.tiers.shownTierOf(v.memberNo);
        v.supportedTier = _s.tiers.supportedTierOf(v.memberNo);
        v.grade = _s.tiers.gradeOf(v.memberNo);
        v.facts = _s.tiers.factsOf(v.memberNo);
        v.capabilities = _s.tiers.capabilitiesOf(v.memberNo);
        v.suspensionId = _s.suspensions.currentOf(v.memberNo);
    }

    /// @inheritdoc IProtocolLens
    function validatorOf(uint32 validatorId) external view returns (ValidatorView memory v) {
        v.validator = _s.validators.validator(validatorId);
        if (v.validator.memberNo == 0) return v;
        v.stake = _s.core.validatorStake(validatorId);
        v.acceptance = _s.validators.acceptance(validatorId);
        v.commissionBps = _s.validators.commissionOf(validatorId);
        v.tier = _s.validators.tierOf(validatorId);
        v.shownTier = _s.tiers.shownTierOf(v.validator.memberNo);
        v.earning = _s.validators.isEarning(validatorId);
        (v.uptimeBps, v.reports) = _s.oracle.uptimeOf(validatorId);
        (v.unclaimedCommission, v.unclaimedSelfRewards) = _s.vault.commissionOf(validatorId);
    }

    /// @inheritdoc IProtocolLens
    function positions(uint256[] calldata positionIds) external view returns (PositionView[] memory views) {
        views = new PositionView[](positionIds.length);
        for (uint256 i; i < positionIds.length; ++i) {
            PositionView memory v = views[i];
            v.positionId = positionIds[i];
            v.position = _s.core.position(v.positionId);
            v.value = _s.core.positionValue(v.positionId);
            v.pendingRewards = _s.core.pendingRewards(v.positionId);
            v.autoCompound = _s.vault.autoCompound(v.positionId);
            if (v.position.lien == 0) continue;
            v.lienOwed = _s.core.lienOwed(v.position.lien);
            v.lienMaturesAt = _lienMaturesAt(v.position.lien);
        }
    }

    /// @inheritdoc IProtocolLens
    function requests(uint256[] calldata requestIds) external view returns (RequestView[] memory views) {
        views = new RequestView[](requestIds.length);
        for (uint256 i; i < requestIds.length; ++i) {
            RequestView memory v = views[i];
            v.requestId = requestIds[i];
            v.request = _s.core.request(v.requestId);
            v.value = _s.core.requestValue(v.requestId);
            v.maturesAt = _s.core.maturesAt(v.requestId);
            v.lienOwed = _s.core.lienOwed(v.request.lien);
        }
    }

    /// @inheritdoc IProtocolLens
    function slashCase(uint256 caseId) external view returns (CaseView memory) {
        return CaseView(_s.slashing.caseOf(caseId), _s.slashing.deadlinesOf(caseId), _s.slashing.actionsOf(caseId));
    }

    /// @inheritdoc IProtocolLens
    function proposal(uint256 proposalId, address account) external view returns (ProposalView memory v) {
        v.state = uint8(_s.governor.state(proposalId));
        v.snapshot = _s.governor.proposalSnapshot(proposalId);
        v.deadline = _s.governor.proposalDeadline(proposalId);
        v.eta = _s.governor.proposalEta(proposalId);
        (v.againstVotes, v.forVotes, v.abstainVotes) = _s.governor.proposalVotes(proposalId);
        v.hasVoted = _s.governor.hasVoted(proposalId, account);
        v.hasOverridden = _s.governor.hasVotedOverride(proposalId, account);
        uint64 memberNo = _s.members.memberNoOf(account);
        v.weightBps = memberNo == 0 ? 0 : _s.tiers.capabilitiesOf(memberNo).weightBps;
        // The past can be asked for once it is past.
        if (v.snapshot >= block.timestamp) return v;
        v.quorum = _s.governor.quorum(v.snapshot);
        v.votes = _s.votes.getPastVotes(account, v.snapshot);
        v.units = _s.votes.getPastBalanceOf(account, v.snapshot);
        v.delegate = _s.votes.getPastDelegate(account, v.snapshot);
    }

    /// @inheritdoc IProtocolLens
    function stops() external view returns (IProtocolPause.Stop[] memory all) {
        uint256 count = uint256(type(IProtocolPause.Scope).max) + 1;
        all = new IProtocolPause.Stop[](count);
        for (uint256 i; i < count; ++i) all[i] = _s.pause.stopOf(IProtocolPause.Scope(i));
    }

    function _lienMaturesAt(uint64 lienId) private view returns (uint40) {
        IStakingCore.Lien memory l = _s.core.lien(lienId);
        IStakingCore.Cohort memory c = _s.core.cohort(l.src, l.day);
        return c.maturesAt + (_s.pause.tolledSeconds() - c.tollAt);
    }
}
