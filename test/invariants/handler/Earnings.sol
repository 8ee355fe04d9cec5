// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRewardVault} from "../../../contracts/staking/IRewardVault.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {Base} from "./Base.sol";
import {Delegators} from "./Delegators.sol";
import {Operators} from "./Operators.sol";

/// @notice What happens to rewards, and tokens that somebody sends by mistake.
abstract contract Earnings is Base, Delegators, Operators {
    function fund(uint256 seed) external act {
        uint256 amount = 1 + (seed % 50_000e18);
        _provide(address(this), amount);
        _must("fund", address(this), address(vault), abi.encodeCall(vault.fund, (amount)));
    }

    /// @dev Item 15: never more than the budget. Item 16: the rate applied rises only by an executed declaration.
    function credit(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        uint32 epoch = vault.currentEpoch();
        uint256 budget = vault.budgetFor(epoch);
        uint256 amount = seed % 8 == 0 ? budget + 1 : (budget == 0 ? 0 : (seed / 8) % (budget + 1));
        uint256 rate = validators.commissionOf(validatorId);
        uint256 delegated = core.validatorStake(validatorId).del.tokens;
        bool earning = validators.isEarning(validatorId);
        IRewardVault.Credit[] memory credits = new IRewardVault.Credit[](1);
        credits[0] = IRewardVault.Credit(validatorId, amount);
        bytes memory expected = abi.encodePacked(
            IRewardVault.RewardVault_AlreadyCredited.selector,
            IRewardVault.RewardVault_NotEarning.selector,
            IRewardVault.RewardVault_BudgetExceeded.selector
        );
        bytes memory data = abi.encodeCall(vault.creditEpoch, (epoch, credits));
        (bool ok, ) = _attempt("credit", address(this), address(vault), data, expected);
        if (!ok) return;
        if (amount > budget) revert Broken(15, amount, budget);
        if (!earning) revert Broken(18, validatorId, 0);
        credited += amount;
        if (delegated == 0) return;
        uint256 applied = appliedRate[validatorId];
        if (applied != 0 && rate > applied && !raised[validatorId]) revert Broken(16, rate, applied);
        appliedRate[validatorId] = rate;
        raised[validatorId] = false;
    }

    /// @dev A claim pays exactly what is pending, also for positions that are closed or void.
    function claimRewards(uint256 which) external act {
        if (lastPosition == 0) return;
        uint256[] memory ids = new uint256[](1);
        ids[0] = (which % lastPosition) + 1;
        uint256 pending = core.pendingRewards(ids[0]);
        bytes memory data = abi.encodeCall(vault.claimRewards, (ids));
        if (pending == 0) {
            bytes4 nothing = IRewardVault.RewardVault_NothingToClaim.selector;
            _mustNot("claim of nothing", address(0xCAFE), address(vault), data, nothing);
            return;
        }
        address to = members.payoutOf(core.position(ids[0]).owner);
        uint256 balance = token.balanceOf(to);
        _must("claim rewards", address(0xCAFE), address(vault), data);
        claimedRewards += pending;
        ++settlements;
        if (token.balanceOf(to) - balance != pending) revert Broken(15, token.balanceOf(to) - balance, pending);
    }

    function compound(uint256 which, uint256 seed) external act {
        bool keeper = seed % 2 == 0;
        (uint256 id, IStakingCore.Position memory p) = _somePosition(which);
        if (id == 0) return;
        uint256 pending = core.pendingRewards(id);
        address from = keeper ? address(0xCAFE) : members.ownerOf(p.owner);
        bytes memory expected = abi.encodePacked(
            _entryErrors(),
            IRewardVault.RewardVault_NotOwner.selector,
            IRewardVault.RewardVault_NothingToClaim.selector,
            IStakingCore.StakingCore_InsufficientShares.selector
        );
        bytes memory data = abi.encodeCall(vault.compound, (id, 0));
        (bool ok, ) = _attempt("compound", from, address(vault), data, expected);
        if (!ok) return;
        if (keeper && !vault.autoCompound(id)) revert Broken(15, id, 0);
        claimedRewards += pending;
        ++settlements;
    }

    function setAutoCompound(uint256 which, uint256 seed) external act {
        (uint256 id, IStakingCore.Position memory p) = _somePosition(which);
        if (id == 0) return;
        bytes memory data = abi.encodeCall(vault.setAutoCompound, (id, seed % 2 == 0));
        _must("auto-compound", members.ownerOf(p.owner), address(vault), data);
    }

    function claimCommission(uint256 where) external act {
        uint32 validatorId = _someValidator(where);
        (uint256 commission, uint256 selfRewards) = vault.commissionOf(validatorId);
        bytes memory expected = abi.encodePacked(
            IRewardVault.RewardVault_NothingToClaim.selector,
            IRewardVault.RewardVault_OpenCase.selector
        );
        bytes memory data = abi.encodeCall(vault.claimCommission, (validatorId));
        (bool ok, ) = _attempt("commission", address(0xCAFE), address(vault), data, expected);
        if (!ok) return;
        if (core.openCasesOf(validatorId) != 0) revert Broken(15, validatorId, 0);
        claimedRewards += commission + selfRewards;
    }

    function donate(uint256 seed) external act {
        uint256 amount = 1 + (seed % 1_000e18);
        _provide(address(this), amount);
        bool toCore = seed % 2 == 0;
        token.transfer(toCore ? address(core) : address(vault), amount);
        if (toCore) donatedToCore += amount;
        else donatedToVault += amount;
        _did("donate");
    }
}
