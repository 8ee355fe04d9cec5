// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorCountingOverridableUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorCountingOverridableUpgradeable.sol";

import {ITBurnGovernor} from "../../../contracts/governance/ITBurnGovernor.sol";
import {ISlashingManager} from "../../../contracts/slashing/ISlashingManager.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {ITierEngine} from "../../../contracts/tiers/ITierEngine.sol";
import {KycLevel} from "../../../contracts/types/KycLevel.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {MemberTier} from "../../../contracts/types/MemberTier.sol";
import {IValidatorRegistry} from "../../../contracts/validators/IValidatorRegistry.sol";
import {Managers} from "./Managers.sol";

/// @notice Stakers who vote: delegation of votes, counting anew, proposals from draft to execution.
abstract contract Voters is Managers {
    struct Proposal {
        uint256 id;
        address[] targets;
        uint256[] values;
        bytes[] calldatas;
        bytes32 descriptionHash;
        uint256 queuedAt;
        uint256 delay;
    }

    /// @notice What was true at a past second.
    struct Past {
        uint48 time;
        address account;
        address delegatee;
        uint256 balance;
        uint256 votes;
        uint256 supply;
    }

    /// @dev Pasts that are read again; older ones make room.
    uint256 private constant MEMORY = 8;

    Proposal[] internal proposals;
    Past[] private _pasts;

    /* VOTES */

    function delegateVotes(uint256 who, uint256 to) external act {
        (, address owner) = _anyMember(who);
        (, address other) = _anyMember(to);
        if (owner == address(liquid)) return;
        _must("delegate votes", owner, address(votes), abi.encodeCall(votes.delegate, (other)));
    }

    function sync(uint256 which) external act {
        if (lastPosition == 0) return;
        uint256[] memory ids = new uint256[](1);
        ids[0] = (which % lastPosition) + 1;
        _must("sync", STRANGER, address(votes), abi.encodeCall(votes.sync, (ids)));
        if (votes.positionUnits(ids[0]) != core.positionValue(ids[0])) revert Broken(19, ids[0], 0);
    }

    function refresh(uint256 who) external act {
        (uint64 memberNo, ) = _anyMember(who);
        _must("refresh", STRANGER, address(votes), abi.encodeCall(votes.refresh, (memberNo)));
        _requireUnits(memberNo, votes.holding(memberNo).delegated);
    }

    /// @dev Item 19: after `sync` of all, units are the values times their weights; what is unbonding counts nothing.
    function syncAll() external act {
        uint256[] memory ids = new uint256[](lastPosition);
        uint64 count = members.memberCount();
        uint256[] memory values = new uint256[](count + 1);
        for (uint256 i; i < ids.length; ++i) {
            ids[i] = i + 1;
            values[core.position(i + 1).owner] += core.positionValue(i + 1);
        }
        _must("sync all", STRANGER, address(votes), abi.encodeCall(votes.sync, (ids)));
        for (uint64 memberNo = 1; memberNo <= count; ++memberNo) {
            votes.refresh(memberNo);
            _requireUnits(memberNo, values[memberNo]);
        }
    }

    function _requireUnits(uint64 memberNo, uint256 delegated) private view {
        uint256 wanted = memberNo == liquid.memberNo() ? 0 : delegated;
        uint32 validatorId = validators.validatorOf(memberNo);
        if (validatorId != 0) wanted += (core.selfStakeOf(validatorId) * _weight(validatorId)) / 10_000;
        bool stands = members.statusOf(memberNo) == MemberStatus.Active && kyc.levelOf(memberNo) >= KycLevel.Basic;
        if (!stands) wanted = 0;
        uint256 units = votes.holding(memberNo).units;
        if (units != wanted) revert Broken(19, units, wanted);
        if (votes.balanceOf(members.ownerOf(memberNo)) != wanted) revert Broken(19, memberNo, wanted);
    }

    /// @dev Item 28: more than one only for Enterprise and Governance at liberty.
    function _weight(uint32 validatorId) private view returns (uint256 bps) {
        IValidatorRegistry.Validator memory v = validators.validator(validatorId);
        bps = 10_000;
        MemberTier tier = tiers.tierOf(v.memberNo);
        if (tier == MemberTier.EnterpriseValidator) bps = tiers.parameters().enterpriseWeightBps;
        if (tier == MemberTier.GovernanceValidator) bps = tiers.parameters().governanceWeightBps;
        if (v.tombstoned || v.jailedUntil != 0 || members.statusOf(v.memberNo) != MemberStatus.Active) bps = 0;
    }

    /// @dev Item 20: a second that has passed is noted, to be read again for ever.
    function remember(uint256 who, uint256 seed) external act {
        (, address account) = _anyMember(who);
        uint256 time = clock - 1 - (seed % 3 days);
        Past memory p = _pastOf(account, uint48(time < START ? START - 1 : time));
        _did("remember");
        if (_pasts.length < MEMORY) _pasts.push(p);
        else _pasts[seed % MEMORY] = p;
    }

    function _pastOf(address account, uint48 time) private view returns (Past memory) {
        return
            Past(
                time,
                account,
                votes.getPastDelegate(account, time),
                votes.getPastBalanceOf(account, time),
                votes.getPastVotes(account, time),
                votes.getPastTotalSupply(time)
            );
    }

    /* PROPOSALS */

    function propose(uint256 who, uint256 seed) external act {
        (, address owner) = _proposer(who);
        if (owner == address(liquid)) return;
        Proposal memory p = _draft(seed);
        bytes memory expected = abi.encodePacked(
            ITBurnGovernor.TBurnGovernor_LiveProposal.selector,
            IGovernor.GovernorInsufficientProposerVotes.selector
        );
        string memory description = string(abi.encodePacked("# ", _digits(calls)));
        bytes memory data = abi.encodeCall(governor.propose, (p.targets, p.values, p.calldatas, description));
        (bool ok, bytes memory answer) = _attempt("propose", owner, address(governor), data, expected);
        if (!ok) return;
        p.id = abi.decode(answer, (uint256));
        p.descriptionHash = keccak256(bytes(description));
        proposals.push(p);
    }

    /// @dev The delay of the timelock may change only together with a look at the bond.
    function proposeWithoutLook() external act {
        (, address owner) = _proposer(0);
        Proposal memory p = _draft(3);
        (p.targets, p.values, p.calldatas) = (_cut(p.targets), new uint256[](1), new bytes[](1));
        p.calldatas[0] = abi.encodeCall(timelock.updateDelay, (2 days));
        bytes memory data = abi.encodeCall(governor.propose, (p.targets, p.values, p.calldatas, "# Unseen"));
        // DelayUnchecked, or an earlier reason.
        bytes memory expected = abi.encodePacked(
            bytes4(keccak256("ProposalRules_DelayUnchecked()")),
            ITBurnGovernor.TBurnGovernor_LiveProposal.selector,
            IGovernor.GovernorInsufficientProposerVotes.selector
        );
        (bool ok, ) = _attempt("propose unseen", owner, address(governor), data, expected);
        if (ok) revert Broken(12, calls, 0);
    }

    function _cut(address[] memory targets) private pure returns (address[] memory one) {
        one = new address[](1);
        one[0] = targets[0];
    }

    function _draft(uint256 seed) private view returns (Proposal memory p) {
        uint256 kind = seed % 5;
        seed /= 5;
        uint256 length = kind == 3 ? 2 : 1;
        (p.targets, p.values, p.calldatas) = (new address[](length), new uint256[](length), new bytes[](length));
        if (kind == 0) {
            p.targets[0] = address(core);
            p.calldatas[0] = abi.encodeCall(core.setUnbonding, (uint40(6 days + (seed % 5 days))));
        } else if (kind == 1) {
            p.targets[0] = address(slashing);
            uint40 age = uint40(1 days + (seed % 4 days));
            ISlashingManager.Windows memory w = ISlashingManager.Windows(age, 2 days, 1 days, 1 days);
            p.calldatas[0] = abi.encodeCall(slashing.setWindows, (w));
        } else if (kind == 2) {
            p.targets[0] = address(governor);
            p.calldatas[0] = abi.encodeCall(governor.setVotingPeriod, (uint32(1 days + (seed % 7 days))));
        } else if (kind == 3) {
            p.targets[0] = address(timelock);
            p.calldatas[0] = abi.encodeCall(timelock.updateDelay, (1 hours + (seed % 5 days)));
            p.targets[1] = address(governor);
            p.calldatas[1] = abi.encodeCall(governor.requireBonded, ());
        } else {
            p.targets[0] = address(tiers);
            uint16 weight = uint16(10_000 + (seed % 10_001));
            ITierEngine.Parameters memory t = ITierEngine.Parameters(1 hours, 1 hours, 0, 0, weight, 12_500);
            p.calldatas[0] = abi.encodeCall(tiers.setParameters, (t));
        }
    }

    function castVote(uint256 which, uint256 who, uint256 seed) external act {
        if (proposals.length == 0) return;
        uint256 id = proposals[which % proposals.length].id;
        (, address owner) = _proposer(who);
        bytes memory expected = abi.encodePacked(
            IGovernor.GovernorUnexpectedProposalState.selector,
            IGovernor.GovernorAlreadyCastVote.selector
        );
        bytes memory data = abi.encodeCall(governor.castVote, (id, _support(seed)));
        _attempt("vote", owner, address(governor), data, expected);
        _requireTally(id);
    }

    function overrideVote(uint256 which, uint256 who, uint256 seed) external act {
        if (proposals.length == 0) return;
        uint256 id = proposals[which % proposals.length].id;
        (, address owner) = _anyMember(who);
        bytes memory expected = abi.encodePacked(
            IGovernor.GovernorUnexpectedProposalState.selector,
            GovernorCountingOverridableUpgradeable.GovernorAlreadyOverriddenVote.selector
        );
        bytes memory data = abi.encodeCall(governor.castOverrideVote, (id, _support(seed), ""));
        _attempt("override", owner, address(governor), data, expected);
        _requireTally(id);
    }

    /// @dev Item 21: no more votes than there were units.
    function _requireTally(uint256 id) private view {
        uint256 snapshot = governor.proposalSnapshot(id);
        if (snapshot >= clock) return;
        (uint256 against, uint256 for_, uint256 abstain) = governor.proposalVotes(id);
        uint256 supply = votes.getPastTotalSupply(snapshot);
        if (against + for_ + abstain > supply) revert Broken(21, against + for_ + abstain, supply);
    }

    function queue(uint256 which) external act {
        if (proposals.length == 0) return;
        Proposal storage p = proposals[which % proposals.length];
        bytes memory data = abi.encodeCall(governor.queue, (p.targets, p.values, p.calldatas, p.descriptionHash));
        bytes4 state = IGovernor.GovernorUnexpectedProposalState.selector;
        (bool ok, ) = _attempt("queue", STRANGER, address(governor), data, abi.encodePacked(state));
        if (!ok) return;
        (p.queuedAt, p.delay) = (clock, timelock.getMinDelay());
    }

    /// @dev Item 22: never before the delay that was in force when it was queued.
    function executeProposal(uint256 which) external act {
        if (proposals.length == 0) return;
        Proposal storage p = proposals[which % proposals.length];
        bytes memory data = abi.encodeCall(governor.execute, (p.targets, p.values, p.calldatas, p.descriptionHash));
        bytes memory expected = abi.encodePacked(
            IGovernor.GovernorUnexpectedProposalState.selector,
            TimelockController.TimelockUnexpectedOperationState.selector
        );
        bytes memory inside = abi.encodePacked(
            IStakingCore.StakingCore_BondingTooShort.selector,
            IStakingCore.StakingCore_BadWindows.selector,
            ISlashingManager.SlashingManager_WindowsTooLong.selector,
            ISlashingManager.SlashingManager_JailTooShort.selector,
            ITBurnGovernor.TBurnGovernor_BondingTooShort.selector,
            bytes4(keccak256("GovernorPreventLateQuorumVoteExtensionTooLarge(uint48,uint32)"))
        );
        bool due = p.queuedAt != 0 && clock >= p.queuedAt + p.delay;
        if (due) expected = abi.encodePacked(expected, inside);
        (bool ok, ) = _attempt(
            due ? bytes32("execute proposal") : bytes32("hasty"),
            STRANGER,
            address(governor),
            data,
            expected
        );
        if (ok && !due) revert Broken(22, clock, p.queuedAt + p.delay);
        _requireBonded();
    }

    function cancelProposal(uint256 which, uint256 seed) external act {
        if (proposals.length == 0 || seed % 4 != 0) return;
        Proposal storage p = proposals[which % proposals.length];
        bytes memory data = abi.encodeCall(governor.cancel, (p.targets, p.values, p.calldatas, p.descriptionHash));
        bytes4 state = IGovernor.GovernorUnexpectedProposalState.selector;
        _attempt("cancel", GUARDIAN, address(governor), data, abi.encodePacked(state));
    }

    /* CHOICES */

    /// @dev Half the time the largest staker, so that some proposals are carried.
    function _proposer(uint256 seed) private view returns (uint64 memberNo, address owner) {
        if (seed % 2 != 0) return _anyMember(seed / 2);
        memberNo = validators.memberNoOf(1);
        owner = members.ownerOf(memberNo);
    }

    function _support(uint256 seed) private pure returns (uint8) {
        return seed % 2 == 0 ? 1 : uint8((seed / 2) % 3);
    }

    function _digits(uint256 n) private pure returns (string memory) {
        bytes memory text = new bytes(8);
        for (uint256 i = 8; i > 0; --i) (text[i - 1], n) = (bytes1(uint8(48 + (n % 10))), n / 10);
        return string(text);
    }

    /* CHECKS */

    /// @dev Item 19: units of all members are the votes' supply. Item 28.
    function _checkVotes() internal view {
        uint256 sum;
        uint64 count = members.memberCount();
        for (uint64 memberNo = 1; memberNo <= count; ++memberNo) sum += votes.holding(memberNo).units;
        if (sum != votes.totalSupply()) revert Broken(19, sum, votes.totalSupply());
        for (uint32 id = 1; id <= VALIDATORS; ++id) {
            uint256 weight = tiers.ownStakeWeightBps(id);
            if (weight != _weight(id)) revert Broken(28, weight, _weight(id));
        }
        // Item 20.
        for (uint256 i; i < _pasts.length; ++i) {
            bytes32 now_ = keccak256(abi.encode(_pastOf(_pasts[i].account, _pasts[i].time)));
            if (now_ != keccak256(abi.encode(_pasts[i]))) revert Broken(20, i, _pasts[i].time);
        }
    }
}
