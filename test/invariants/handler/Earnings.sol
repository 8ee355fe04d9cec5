// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../../../contracts/identity/IMemberRegistry.sol";
import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {IRewardVault} from "../../../contracts/staking/IRewardVault.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {Base} from "../Base.sol";
import {Delegators} from "./Delegators.sol";
import {Operators} from "./Operators.sol";

/// @notice What happens to rewards, and tokens that somebody sends by mistake.
abstract contract Earnings is Base, Delegators, Operators {
    function fund(uint256 seed) external act {
        uint256 amount = 1 + (seed % 50_000e18);
        _provide(address(this), amount);
        _must("fund", address(this), address(vault), abi.encodeCall(vault.fund, (amount)));
    }

    /// @dev A claim pays exactly what is pending, also for positions that are closed or void.
    function claimRewards(uint256 which) external act {
        if (lastPosition == 0) return;
        uint256[] memory ids = new uint256[](1);
        ids[0] = (which % lastPosition) + 1;
        uint256 pending = core.pendingRewards(ids[0]);
        bytes memory data = abi.encodeCall(vault.claimRewards, (ids));
        if (_stopped(IProtocolPause.Scope.Rewards, STRANGER, address(vault), data)) return;
        if (pending == 0) {
            bytes4 nothing = IRewardVault.RewardVault_NothingToClaim.selector;
            _mustNot("claim of nothing", STRANGER, address(vault), data, nothing);
            return;
        }
        uint64 owner = core.position(ids[0]).owner;
        if (_frozen(owner, address(vault), data)) return;
        address to = members.payoutOf(owner);
        uint256 balance = token.balanceOf(to);
        _must("claim rewards", STRANGER, address(vault), data);
        claimedRewards += pending;
        ++settlements;
        if (token.balanceOf(to) - balance != pending) revert Broken(15, token.balanceOf(to) - balance, pending);
    }

    function compound(uint256 which, uint256 seed) external act {
        bool keeper = seed % 2 == 0;
        (uint256 id, IStakingCore.Position memory p) = _somePosition(which);
        if (id == 0) return;
        uint256 pending = core.pendingRewards(id);
        address from = keeper ? STRANGER : members.ownerOf(p.owner);
        bytes memory expected = abi.encodePacked(
            _entryErrors(),
            IRewardVault.RewardVault_NotOwner.selector,
            IRewardVault.RewardVault_NothingToClaim.selector,
            IStakingCore.StakingCore_InsufficientShares.selector
        );
        bytes memory data = abi.encodeCall(vault.compound, (id, 0));
        if (_stopped(IProtocolPause.Scope.Rewards, from, address(vault), data)) return;
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
            IRewardVault.RewardVault_OpenCase.selector,
            IMemberRegistry.MemberRegistry_Frozen.selector
        );
        bytes memory data = abi.encodeCall(vault.claimCommission, (validatorId));
        if (_stopped(IProtocolPause.Scope.Rewards, STRANGER, address(vault), data)) return;
        (bool ok, ) = _attempt("commission", STRANGER, address(vault), data, expected);
        if (!ok) return;
        if (core.openCasesOf(validatorId) != 0) revert Broken(15, validatorId, 0);
        if (clock < members.frozenUntil(validators.memberNoOf(validatorId))) revert Broken(26, validatorId, 0);
        claimedRewards += commission + selfRewards;
    }

    function donate(uint256 seed) external act {
        uint256 amount = 1 + (seed % 1_000e18);
        _provide(address(this), amount);
        bool toCore = seed % 2 == 0;
        // Tokens for the insurance fund: what it compensates from.
        if (seed % 3 == 0) {
            token.approve(address(insurance), amount);
            insurance.fund(amount);
            return _did("insure");
        }
        token.transfer(toCore ? address(core) : address(vault), amount);
        if (toCore) donatedToCore += amount;
        else donatedToVault += amount;
        _did("donate");
    }
}
