// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Handler} from "./handler/Handler.sol";

/// @notice Every action of the handler can really happen: no promise is tested on refusals alone.
contract Reach {
    /// @notice Nobody did this: its promises were not tested.
    error NeverHappened(bytes32 action);

    /// @dev Seeds of amounts: an ordinary amount of `n` units over the minimum.
    uint256 private constant ORDINARY = 2 + 8 * 4_000e18;

    Handler private handler;

    function setUp() external {
        handler = new Handler();
    }

    function test_everythingHappens() external {
        _delegators();
        _rewards();
        _validators();
        _managers();
        _leaveUnderLien();
        _wipe();
        handler.check();
    }

    function _delegators() private {
        handler.delegate(0, 0, ORDINARY);
        handler.delegateWithPermit(1, 1, ORDINARY);
        handler.delegateWithoutAllowance(2, 0);
        handler.redelegate(0, 1);
        handler.slash(0, 3, 4 + 16 * 1e17);
        handler.settleLien(2);
        handler.undelegate(1, 2 * 3 + 1);
        handler.undelegate(1, 2);
        handler.claim(0);
        handler.requestSelfExit(0, 7);
        for (uint256 i; i < 2; ++i) handler.passTime(8 * (5 days));
        handler.settleLien(2);
        handler.claim(0);
        bytes32[10] memory wanted = [
            bytes32("delegate"),
            "permit",
            "redelegate",
            "part",
            "exit",
            "own exit",
            "settle",
            "claim",
            "settle early",
            "claim early"
        ];
        for (uint256 i; i < 8; ++i) _require(wanted[i]);
        _requireRefused(wanted[8]);
        _requireRefused(wanted[9]);
        _requireRefused("no allowance");
    }

    /// @dev A redelegated position leaves at once: its lien goes along with the request and ends with it.
    function _leaveUnderLien() private {
        handler.delegate(3, 0, ORDINARY);
        handler.depositSelf(1, 1 + 8 * 100_000e18);
        uint256 moves = handler.done("redelegate");
        handler.redelegate(handler.lastPosition() - 1, 1);
        if (handler.done("redelegate") == moves) revert NeverHappened("redelegate before an exit");
        handler.slash(0, 3, 4 + 16 * 1e17);
        handler.undelegate(handler.lastPosition() - 1, 2);
        for (uint256 i; i < 2; ++i) handler.passTime(8 * (5 days));
        uint256 claims = handler.done("claim");
        for (uint256 i; i < handler.lastRequest(); ++i) handler.claim(i);
        if (handler.done("claim") == claims) revert NeverHappened("claim");
    }

    function _rewards() private {
        handler.fund(40_000e18);
        handler.delegate(2, 0, ORDINARY);
        handler.passTime(8 * (1 days));
        handler.credit(0, 7 + 8 * 10_000e18);
        handler.setAutoCompound(3, 0);
        handler.compound(3, 0);
        handler.passTime(8 * (1 days));
        handler.credit(0, 7 + 8 * 10_000e18);
        handler.claimRewards(3);
        handler.claimCommission(0);
        handler.donate(2);
        handler.donate(3);
        bytes32[7] memory wanted = [
            bytes32("fund"),
            "credit",
            "auto-compound",
            "compound",
            "claim rewards",
            "commission",
            "donate"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        handler.credit(0, 8);
        _requireRefused("credit");
    }

    function _validators() private {
        handler.depositSelf(2, 1 + 8 * 100_000e18);
        handler.declareCommission(0, 200);
        for (uint256 i; i < 2; ++i) handler.passTime(8 * (4 days));
        handler.executeCommission(0);
        handler.deactivate(1, 8);
        handler.activate(2, 0);
        handler.clampCommission(2);
        bytes32[6] memory wanted = [bytes32("own stake"), "declare", "execute", "deactivate", "activate", "clamp"];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
    }

    function _managers() private {
        handler.openCase(0);
        handler.jail(0, 6);
        handler.delegate(1, 0, ORDINARY);
        _requireRefused("delegate");
        handler.slash(0, 1, 5 + 16 * 1e17);
        handler.slash(1, 0, 16);
        handler.closeCase(0);
        handler.passTime(8 * (1 hours));
        handler.unjail(0);
        handler.tombstone(2, 64);
        handler.unjail(2);
        _requireRefused("unjail");
        handler.setStatus(0, 3);
        handler.revokeKyc(0);
        handler.attest(0, 0);
        handler.changePayout(3, 1);
        handler.changePayout(3, 1);
        _requireRefused("payout early");
        handler.passTime(8 * (4 days));
        handler.changePayout(3, 1);
        handler.rotateOwner(0, 4);
        bytes32[14] memory wanted = [
            bytes32("open case"),
            "jail",
            "slash",
            "slash of the future",
            "slash of all",
            "close case",
            "unjail",
            "tombstone",
            "status",
            "revoke",
            "attest",
            "payout",
            "owner",
            "time"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
    }

    /// @dev A pool that earned is wiped, and its validator goes on.
    function _wipe() private {
        handler.delegate(3, 0, ORDINARY);
        handler.activate(0, 0);
        handler.passTime(8 * (1 days));
        uint256 credits = handler.done("credit");
        handler.credit(0, 7 + 8 * 10_000e18);
        if (handler.done("credit") == credits) revert NeverHappened("credit before a wipe");
        handler.slash(0, 3, 16);
        handler.check();
    }

    function _require(bytes32 action) private view {
        if (handler.done(action) == 0) revert NeverHappened(action);
    }

    function _requireRefused(bytes32 action) private view {
        if (handler.refused(action) == 0) revert NeverHappened(action);
    }
}
