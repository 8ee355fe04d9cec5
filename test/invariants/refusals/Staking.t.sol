// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

import {IRewardVault} from "../../../contracts/staking/IRewardVault.sol";
import {IBondingGuard} from "../../../contracts/slashing/IBondingGuard.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {StakingCore} from "../../../contracts/staking/StakingCore.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {Refusals} from "./Refusals.sol";

contract StakingRefusals is Refusals {
    address private alice;
    address private bob;
    uint32 private src;
    uint32 private dst;
    uint256 private position;

    function setUp() external {
        _deploy();
        src = _validator(100_000e18, 500);
        dst = _validator(100_000e18, 500);
        alice = _join(1, 10_000e18);
        bob = _join(1, 10_000e18);
        vm.prank(alice);
        position = core.delegate(src, 1_000e18, 0);
    }

    function _core(address from, bytes memory data, bytes4 wanted) private {
        _refused(from, address(core), data, wanted);
    }

    function test_windows() external {
        address implementation = address(new StakingCore(token, members, kyc, validators, address(0)));
        IStakingCore.Windows[4] memory bad = [
            IStakingCore.Windows(7 days, 0, 1 days),
            IStakingCore.Windows(7 days, 1 days, 0),
            IStakingCore.Windows(7 days - 1, 1 days, 1 days),
            IStakingCore.Windows(28 days + 1, 1 days, 1 days)
        ];
        for (uint256 i; i < bad.length; ++i) {
            bytes memory call = abi.encodeCall(core.initialize, (address(manager), bad[i]));
            try new ERC1967Proxy(implementation, call) {
                revert Accepted(IStakingCore.StakingCore_BadWindows.selector);
            } catch {}
        }
        bytes4 connected = IStakingCore.StakingCore_AlreadyConnected.selector;
        _core(address(this), abi.encodeCall(core.connect, (alice, votes, pause, new IBondingGuard[](0))), connected);
    }

    function test_ownStake() external {
        bytes4 zero = IStakingCore.StakingCore_ZeroAmount.selector;
        bytes4 notOwner = IStakingCore.StakingCore_NotOwner.selector;
        address owner = _ownerOf(src);
        _core(owner, abi.encodeCall(core.depositSelf, (src, 0)), zero);
        _core(owner, abi.encodeCall(core.depositSelf, (dst, 1)), notOwner);
        _core(owner, abi.encodeCall(core.requestSelfExit, (src, 0)), zero);
        _core(owner, abi.encodeCall(core.requestSelfExit, (dst, 1)), notOwner);
        bytes4 tooMuch = IStakingCore.StakingCore_InsufficientSelfStake.selector;
        _core(owner, abi.encodeCall(core.requestSelfExit, (src, 1e30)), tooMuch);
        _core(alice, abi.encodeCall(core.depositSelf, (src, 1)), IStakingCore.StakingCore_KycInsufficient.selector);
    }

    function test_entries() external {
        bytes4 slippage = IStakingCore.StakingCore_Slippage.selector;
        _core(bob, abi.encodeCall(core.delegate, (src, 0, 0)), IStakingCore.StakingCore_ZeroAmount.selector);
        _core(bob, abi.encodeCall(core.delegate, (src, 100e18, 101e18)), slippage);
        _core(bob, abi.encodeCall(core.delegate, (src, 99e18, 0)), IStakingCore.StakingCore_BelowMinimum.selector);
        _core(bob, abi.encodeCall(core.delegate, (9, 100e18, 0)), IStakingCore.StakingCore_NoSuchValidator.selector);
        _core(STRANGER, abi.encodeCall(core.delegate, (src, 100e18, 0)), IStakingCore.StakingCore_NotMember.selector);
        members.setStatus(members.memberNoOf(bob), MemberStatus.Suspended);
        bytes4 inactive = IStakingCore.StakingCore_MemberNotActive.selector;
        _core(bob, abi.encodeCall(core.delegate, (src, 100e18, 0)), inactive);
        core.openCase(src);
        _core(alice, abi.encodeCall(core.delegate, (src, 100e18, 0)), IStakingCore.StakingCore_OpenCase.selector);
        core.closeCase(src);
        validators.jail(src, uint40(START + 1));
        bytes4 jailed = IStakingCore.StakingCore_ValidatorJailed.selector;
        _core(alice, abi.encodeCall(core.delegate, (src, 100e18, 0)), jailed);
        validators.tombstone(src);
        _core(alice, abi.encodeCall(core.delegate, (src, 100e18, 0)), IStakingCore.StakingCore_Tombstoned.selector);
        members.setStatus(validators.memberNoOf(dst), MemberStatus.Suspended);
        bytes4 full = IStakingCore.StakingCore_TooManyPositions.selector;
        _core(alice, abi.encodeCall(core.delegate, (dst, 100e18, 0)), full);
    }

    function test_capacity() external {
        uint32 small = _validator(10_000e18, 500);
        address rich = _join(1, 200_000e18);
        bytes4 exceeded = IStakingCore.StakingCore_CapExceeded.selector;
        _core(rich, abi.encodeCall(core.delegate, (small, 100_001e18, 0)), exceeded);
    }

    function test_exits() external {
        bytes4 insufficient = IStakingCore.StakingCore_InsufficientShares.selector;
        _core(alice, abi.encodeCall(core.undelegate, (position, 0, 0)), IStakingCore.StakingCore_ZeroAmount.selector);
        _core(alice, abi.encodeCall(core.undelegate, (position, 1e30, 0)), insufficient);
        _core(
            alice,
            abi.encodeCall(core.undelegate, (position, 1e18, 2e18)),
            IStakingCore.StakingCore_Slippage.selector
        );
        bytes4 below = IStakingCore.StakingCore_BelowMinimum.selector;
        _core(alice, abi.encodeCall(core.undelegate, (position, 950e18, 0)), below);
        _core(bob, abi.encodeCall(core.undelegate, (position, 1e18, 0)), IStakingCore.StakingCore_NotOwner.selector);
        uint256[] memory none = new uint256[](1);
        none[0] = 77;
        _core(bob, abi.encodeCall(core.claim, (none)), IStakingCore.StakingCore_NoSuchRequest.selector);
        vm.prank(alice);
        none[0] = core.undelegate(position, 1_000e18, 0);
        _core(bob, abi.encodeCall(core.claim, (none)), IStakingCore.StakingCore_NotMature.selector);
        _core(alice, abi.encodeCall(core.redelegate, (position, dst, 0)), insufficient);
    }

    function test_moves() external {
        bytes4 same = IStakingCore.StakingCore_SameValidator.selector;
        bytes4 liened = IStakingCore.StakingCore_LienActive.selector;
        _core(alice, abi.encodeCall(core.redelegate, (position, src, 0)), same);
        _core(bob, abi.encodeCall(core.settleLien, (position)), IStakingCore.StakingCore_NoLien.selector);
        vm.prank(alice);
        uint256 moved = core.redelegate(position, dst, 0);
        _core(alice, abi.encodeCall(core.redelegate, (moved, src, 0)), liened);
        _core(alice, abi.encodeCall(core.undelegate, (moved, 1e18, 0)), liened);
        _core(bob, abi.encodeCall(core.settleLien, (moved)), IStakingCore.StakingCore_NotMature.selector);
        // The last holder of a pool owes a little less than all: what rounding would leave burns with it.
        core.slash(dst, uint40(START), 333333333333333333, 0);
        core.slash(src, uint40(START), 1e18 - 333333333333333333 + 1, 0);
        vm.warp(START + 9 days);
        core.settleLien(moved);
        // A position whose pool was wiped leaves nothing, and its lien with it.
        vm.prank(bob);
        uint256 lost = core.delegate(dst, 1_000e18, 0);
        core.slash(dst, uint40(START), 0, 0);
        uint256 shares = core.position(lost).shares;
        vm.prank(bob);
        if (core.undelegate(lost, shares, 0) != 0) revert Accepted(0);
    }

    function test_managers() external {
        bytes4 target = IStakingCore.StakingCore_BadTarget.selector;
        _core(address(this), abi.encodeCall(core.slash, (src, 0, 1e18, 0)), target);
        _core(address(this), abi.encodeCall(core.closeCase, (src)), IStakingCore.StakingCore_NoOpenCase.selector);
        _core(alice, abi.encodeCall(core.resetKeep, (src)), IStakingCore.StakingCore_OnlyRegistry.selector);
        _core(alice, abi.encodeCall(core.accrue, (src, 1)), IStakingCore.StakingCore_OnlyVault.selector);
        vm.prank(address(vault));
        core.accrue(9, 1);
        if (core.accumulatorOf(9) != 0) revert Accepted(0);
        core.windows();
        core.totalStakeOf(src);
    }

    function test_rewards() external {
        IRewardVault.Credit[] memory none;
        uint32 epoch = vault.currentEpoch();
        bytes4 future = IRewardVault.RewardVault_FutureEpoch.selector;
        bytes4 past = IRewardVault.RewardVault_PastEpoch.selector;
        bytes4 unknown = IRewardVault.RewardVault_NoSuchValidator.selector;
        bytes4 zero = IRewardVault.RewardVault_ZeroAmount.selector;
        bytes4 notOwner = IRewardVault.RewardVault_NotOwner.selector;
        address self = address(this);
        _refused(self, address(vault), abi.encodeCall(vault.creditEpoch, (epoch + 1, none)), future);
        _refused(self, address(vault), abi.encodeCall(vault.creditEpoch, (epoch - 1, none)), past);
        _refused(self, address(vault), abi.encodeCall(vault.claimCommission, (9)), unknown);
        _refused(self, address(vault), abi.encodeCall(vault.fund, (0)), zero);
        _refused(bob, address(vault), abi.encodeCall(vault.setAutoCompound, (position, true)), notOwner);
        if (vault.budgetFor(epoch - 1) != 0 || vault.lastEpoch() != epoch || vault.epochBudget() != EPOCH_BUDGET) {
            revert Accepted(0);
        }
        // An active validator whose whole stake left earns nothing.
        address owner = _ownerOf(src);
        vm.prank(owner);
        validators.activate(src, 0);
        vm.prank(owner);
        core.requestSelfExit(src, 100_000e18);
        vm.prank(alice);
        core.undelegate(position, 1_000e18, 0);
        IRewardVault.Credit[] memory one = new IRewardVault.Credit[](1);
        one[0] = IRewardVault.Credit(src, 0);
        bytes4 idle = IRewardVault.RewardVault_NotEarning.selector;
        _refused(self, address(vault), abi.encodeCall(vault.creditEpoch, (epoch, one)), idle);
    }
}
