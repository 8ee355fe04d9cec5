// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {System} from "./System.sol";

/// @notice Twins who differ in one step, under the same slashes.
contract Exits is System {
    error Differs(uint256 got, uint256 wanted);

    uint32 private src;
    uint32 private dst;

    function setUp() external {
        _deploy();
        src = _validator(1_000_000e18, 500);
        dst = _validator(1_000_000e18, 500);
    }

    /// @notice Item 13: who redelegates and then leaves is paid what leaving at once would have paid, within two units.
    function testFuzz_redelegationSavesNobody(uint96 stake, uint64[4] memory keeps, uint8[4] memory hours_) external {
        (uint256 moved, uint256 left) = _twins(stake);
        uint256 exit = _exit(moved, dst);
        _slashes(keeps, hours_);
        _requireClose(_pay(exit), _pay(left));
    }

    /// @notice Item 13: the same when the lien is settled in place, and the position leaves afterwards.
    function testFuzz_settlingSavesNobody(uint96 stake, uint64[4] memory keeps, uint8[4] memory hours_) external {
        (uint256 moved, uint256 left) = _twins(stake);
        _slashes(keeps, hours_);
        vm.warp(vm.getBlockTimestamp() + UNBONDING + 2 * DAY);
        core.settleLien(moved);
        uint256 wanted = _pay(left);
        if (core.position(moved).shares == 0) return _requireClose(0, wanted);
        _requireClose(_pay(_exit(moved, dst)), wanted);
    }

    /// @notice Item 13: a slash of the destination comes on top and never pays.
    function testFuzz_slashedDestinationPaysNothingExtra(uint96 stake, uint64 keepSrc, uint64 keepDst) external {
        (uint256 moved, uint256 left) = _twins(stake);
        core.slash(src, uint40(vm.getBlockTimestamp()), keepSrc % uint64(WAD), 0);
        core.slash(dst, uint40(vm.getBlockTimestamp()), keepDst % uint64(WAD), 0);
        uint256 exit = _exit(moved, dst);
        uint256 wanted = _pay(left);
        uint256 got = exit == 0 ? 0 : _pay(exit);
        if (got > wanted + 2) revert Differs(got, wanted);
    }

    /// @notice Item 9: slashes of one jail period leave the smallest fraction asked for, whatever their order.
    function testFuzz_worstOfPeriod(uint96 extra, uint64[6] memory keeps) external {
        address owner = _ownerOf(src);
        extra = extra % 50_000_000e18;
        token.transfer(owner, extra);
        vm.prank(owner);
        if (extra != 0) core.depositSelf(src, extra);
        uint256 self = core.selfStakeOf(src);
        uint256 worst = WAD;
        for (uint256 i; i < keeps.length; ++i) {
            uint64 keep = keeps[i] % uint64(WAD);
            if (keep < worst) worst = keep;
            core.slash(src, uint40(vm.getBlockTimestamp()), keep, 0);
        }
        uint256 left = core.selfStakeOf(src);
        uint256 wanted = (self * worst) / WAD;
        if (left > wanted || left + keeps.length < wanted) revert Differs(left, wanted);
    }

    /// @notice Item 30: no fraction and no time of a fault makes a slash revert, before, between and after exits.
    function testFuzz_slashNeverReverts(uint40 tau, uint64 keep, uint96 stake, uint32 wait) external {
        core.slash(src, tau, keep % uint64(WAD), 0);
        address wallet = _join(1, 0);
        uint256 tokens = 100e18 + (stake % 40_000_000e18);
        token.transfer(wallet, tokens);
        vm.prank(wallet);
        uint256 position = core.delegate(dst, tokens, 0);
        core.slash(dst, tau, keep % uint64(WAD), 0);
        _exitOf(position, wallet);
        vm.warp(vm.getBlockTimestamp() + wait);
        core.slash(dst, tau, 0, 0);
        core.slash(dst, tau, keep % uint64(WAD), 0);
    }

    /// @notice Items 11 and 12: on the day on which a longer unbonding begins, all exits keep to one of the two.
    function test_longerUnbondingBeginsWithADay() external {
        address one = _join(1, 1_000e18);
        vm.prank(one);
        uint256 position = core.delegate(src, 1_000e18, 0);
        // In the middle of a day, so that what it schedules could begin in the middle of one.
        vm.warp((START / DAY) * DAY + 12 hours + 1);
        core.setUnbonding(10 days);
        vm.warp((START / DAY + UNBONDING / DAY) * DAY + 1 hours);
        vm.prank(one);
        uint256 early = core.undelegate(position, 500e18, 0);
        vm.warp(vm.getBlockTimestamp() + 12 hours);
        uint256 promised = vm.getBlockTimestamp() + core.windows().unbonding;
        vm.prank(one);
        uint256 late = core.undelegate(position, 500e18, 0);
        if (core.maturesAt(late) < promised) revert Differs(core.maturesAt(late), promised);
        if (core.maturesAt(early) != core.maturesAt(late)) revert Differs(core.maturesAt(early), core.maturesAt(late));
    }

    /* STEPS */

    function _twins(uint96 stake) private returns (uint256 moved, uint256 leftRequest) {
        uint256 tokens = 100e18 + (stake % 40_000_000e18);
        address one = _join(1, tokens);
        address two = _join(1, tokens);
        vm.prank(one);
        uint256 first = core.delegate(src, tokens, 0);
        vm.prank(two);
        uint256 second = core.delegate(src, tokens, 0);
        vm.prank(one);
        moved = core.redelegate(first, dst, 0);
        leftRequest = _exitOf(second, two);
    }

    function _exit(uint256 position, uint32) private returns (uint256) {
        return _exitOf(position, members.ownerOf(core.position(position).owner));
    }

    function _exitOf(uint256 position, address owner) private returns (uint256 requestId) {
        uint256 shares = core.position(position).shares;
        vm.prank(owner);
        requestId = core.undelegate(position, shares, 0);
    }

    function _slashes(uint64[4] memory keeps, uint8[4] memory hours_) private {
        for (uint256 i; i < keeps.length; ++i) {
            uint256 tau = vm.getBlockTimestamp() + 1;
            vm.warp(tau + (uint256(hours_[i]) % 30) * 1 hours);
            core.slash(src, uint40(tau), keeps[i] % uint64(WAD), 0);
        }
    }

    function _pay(uint256 requestId) private returns (uint256) {
        uint256 matures = core.maturesAt(requestId);
        if (vm.getBlockTimestamp() < matures) vm.warp(matures);
        uint256[] memory ids = new uint256[](1);
        ids[0] = requestId;
        return core.claim(ids);
    }

    function _requireClose(uint256 got, uint256 wanted) private pure {
        if (got > wanted + 2 || wanted > got + 2) revert Differs(got, wanted);
    }
}
