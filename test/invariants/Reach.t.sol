// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Handler} from "./handler/Handler.sol";

/// @notice Every action of the handler can really happen: no promise is tested on refusals alone.
contract Reach {
    /// @notice Nobody did this: its promises were not tested.
    error NeverHappened(bytes32 action);

    /// @dev Seeds of amounts: an ordinary amount of `n` units over the minimum.
    uint256 private constant ORDINARY = 2 + 8 * 4_000e18;
    /// @dev Seed of a report that credits 6,000 units per validator, all of them up.
    uint256 private constant UP = 64 * 6_000e18;
    /// @dev Seed of votes for a report in which the second validator was down.
    uint256 private constant DOWN = 16 * (128 * 1e20 - 1);
    /// @dev Seeds of accusations: 0.9 %, 17 hours ago; and 4.5 %, 29 hours ago.
    uint256 private constant SMALL_FAULT = 576e15;
    uint256 private constant LARGE_FAULT = 2_880e15 + 6;

    Handler private handler;

    function setUp() external {
        handler = new Handler();
    }

    function test_everythingHappens() external {
        _delegators();
        _rewards();
        _validators();
        _managers();
        _signed();
        _leaveUnderLien();
        _wipe();
        handler.checkNow();
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

    /// @dev A stranger brings what members signed.
    function _signed() private {
        handler.delegateSigned(3, 2, ORDINARY);
        handler.undelegateSigned(handler.lastPosition() - 1);
        _require("signed");
        _require("signed exit");
        _requireRefused("forged");
        _requireRefused("again");
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
        handler.report(UP);
        handler.setAutoCompound(3, 0);
        handler.compound(3, 0);
        handler.passTime(8 * (1 days));
        handler.report(UP);
        handler.claimRewards(3);
        handler.claimCommission(0);
        handler.donate(2);
        handler.donate(1);
        handler.donate(3);
        bytes32[9] memory wanted = [
            bytes32("fund"),
            "credit",
            "auto-compound",
            "compound",
            "claim rewards",
            "commission",
            "donate",
            "insure",
            "report"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
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
        handler.slash(0, 1, 5 + 16 * 1e17);
        handler.slash(1, 0, 16);
        // A longer unbonding, one below seven epochs; other windows; a jail term below the age of evidence, and above it.
        handler.setParameters(3 * 86_401);
        handler.setParameters(0);
        _requireRefused("unbonding");
        handler.setParameters(1);
        handler.setParameters(2);
        _requireRefused("terms");
        handler.setParameters(2 + 3 * (86_400 << 32));
        handler.expireKyc(1);
        handler.attest(1, 0);
        handler.evaluate(0);
        handler.revokeKyc(0);
        handler.attest(0, 0);
        handler.changePayout(3, 1);
        handler.changePayout(3, 1);
        _requireRefused("payout early");
        handler.passTime(8 * (4 days));
        handler.changePayout(3, 1);
        handler.rotateOwner(0, 4);
        bytes32[13] memory wanted = [
            bytes32("slash"),
            "slash of the future",
            "slash of all",
            "unbonding",
            "windows",
            "terms",
            "kyc expired",
            "evaluate",
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
        handler.report(UP);
        if (handler.done("credit") == credits) revert NeverHappened("credit before a wipe");
        handler.slash(0, 3, 16);
        handler.checkNow();
    }

    /* CASES */

    function test_cases() external {
        handler.passTime(8 * (1 days));
        for (uint256 kind; kind < 5; ++kind) handler.frame(kind, kind);
        _requireRefused("framed");
        _argued();
        _aboveTheBreaker();
        _doubleSigned();
        handler.passTime(8 * (4 days));
        handler.unjail(0);
        handler.unjail(2);
        _require("unjail");
        _requireRefused("unjail");
        handler.checkNow();
    }

    /// @dev Overturned, reduced and executed, and forgotten.
    function _argued() private {
        handler.delegate(0, 1, ORDINARY);
        handler.proposeSlash(1, SMALL_FAULT);
        handler.pursue(0, 6);
        _requireRefused("execute early");
        handler.delegate(1, 1, ORDINARY);
        _requireRefused("delegate");
        handler.pursue(0, 0);
        handler.pursue(0, 2 + 8 * 2);
        handler.proposeSlash(1, SMALL_FAULT);
        handler.pursue(0, 0);
        handler.pursue(0, 2 + 8);
        handler.pursue(0, 6);
        handler.proposeSlash(1, SMALL_FAULT);
        handler.pursue(0, 0);
        handler.passTime(8 * (3 days));
        handler.pursue(0, 5);
        bytes32[6] memory wanted = [bytes32("propose slash"), "appeal", "overturn", "decide", "execute case", "lapse"];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        _requireRefused("appeal of another");
    }

    function _aboveTheBreaker() private {
        handler.proposeSlash(0, LARGE_FAULT);
        handler.passTime(8 * (2 days));
        handler.pursue(0, 6);
        _requireRefused("execute case");
        handler.pursue(0, 4);
        handler.pursue(0, 6);
        _require("ratify");
        _require("ratified");
    }

    /// @dev Anchored and committed, then copied and claimed; the council is silent, and the bar is for ever.
    function _doubleSigned() private {
        handler.doubleSign(2, 256 * 3);
        handler.doubleSign(2, 256 * 2);
        handler.passTime(8 * (85 hours));
        handler.pursue(0, 6);
        handler.pursue(0, 6);
        handler.doubleSign(2, 256);
        bytes32[5] memory wanted = [bytes32("double sign"), "report claimed", "silence", "tombstone", "bounty"];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        _requireRefused("copied");
        _requireRefused("seen twice");
        _requireRefused("double sign");
    }

    /* REPORTS */

    function test_reports() external {
        handler.fund(40_000e18);
        // The first epoch has no budget of its own.
        handler.passTime(8 * (2 days));
        handler.voteReport(0, DOWN);
        handler.voteReport(2, DOWN);
        handler.submitHeader(0);
        _requireRefused("minority");
        handler.voteReport(1, DOWN);
        handler.confirmReport(0, 0);
        handler.submitHeader(1);
        handler.submitData(0);
        handler.submitData(1);
        handler.submitData(1);
        bytes32[3] memory unwanted = [bytes32("confirm"), "made up", "data"];
        for (uint256 i; i < unwanted.length; ++i) _requireRefused(unwanted[i]);
        _confirm();
        handler.reportDowntime(1);
        handler.reportDowntime(1);
        _requireRefused("downtime");
        // Down again, after the jail of the first time began.
        handler.passTime(8 * (2 days));
        handler.voteReport(0, DOWN);
        handler.voteReport(1, DOWN);
        handler.submitHeader(1);
        _confirm();
        handler.reportDowntime(1);
        // The third member leaves and returns; a minority cannot be a quorum.
        handler.changeReporters(0);
        handler.changeReporters(4);
        handler.changeReporters(5);
        _requireRefused("reporter left");
        bytes32[8] memory wanted = [
            bytes32("vote report"),
            "confirm",
            "header",
            "data",
            "downtime",
            "downtime case",
            "reporter left",
            "reporter came"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        handler.checkNow();
    }

    function _confirm() private {
        handler.passTime(8 * (2 hours));
        for (uint256 i; i < 2; ++i) handler.confirmReport(i, 0);
        for (uint256 i; i < 3; ++i) handler.submitData(1);
    }

    /* SANCTIONS */

    function test_sanctions() external {
        handler.delegate(0, 0, ORDINARY);
        handler.suspend(0, 16 * 100_000);
        handler.undelegate(0, 0);
        _require("exit");
        handler.restore(0);
        _requireRefused("restore early");
        handler.appealSuspension(0);
        handler.decideSuspension(0, 2);
        handler.restore(0);
        handler.restore(0);
        _requireRefused("restore nobody");
        handler.emergency(5, 0);
        handler.bar(4, 8);
        handler.bar(4, 0);
        for (uint256 i; i < 2; ++i) handler.passTime(8 * (5 days));
        handler.freeze(0, 4 * 86_400);
        handler.claim(0);
        _requireRefused("frozen");
        handler.freeze(0, 1);
        handler.freeze(0, 2);
        handler.claim(0);
        bytes32[11] memory wanted = [
            bytes32("suspend"),
            "appeal suspension",
            "decide suspension",
            "restore",
            "emergency",
            "bar",
            "reinstate",
            "freeze",
            "renew freeze",
            "unfreeze",
            "claim"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        handler.checkNow();
    }

    /* VOTES */

    function test_votes() external {
        handler.delegate(0, 0, ORDINARY);
        handler.delegateVotes(0, 5);
        handler.slash(0, 3, 4 + 16 * 1e17);
        handler.sync(0);
        handler.passTime(8 * (1 hours));
        handler.remember(0, 1);
        handler.refresh(5);
        handler.syncAll();
        handler.proposeWithoutLook();
        _requireRefused("propose unseen");
        handler.propose(0, 4 + 5 * 5_000);
        handler.propose(0, 4);
        _requireRefused("propose");
        handler.castVote(0, 0, 0);
        _requireRefused("vote");
        handler.passToDeadline(0, 1);
        handler.castVote(0, 0, 0);
        handler.overrideVote(0, 0, 2);
        handler.passToDeadline(0, 1);
        handler.queue(0);
        handler.executeProposal(0);
        _requireRefused("hasty");
        handler.passToDeadline(0, 1);
        handler.executeProposal(0);
        handler.propose(0, 4);
        handler.cancelProposal(1, 0);
        bytes32[12] memory wanted = [
            bytes32("delegate votes"),
            "sync",
            "remember",
            "refresh",
            "sync all",
            "propose",
            "vote",
            "override",
            "queue",
            "execute proposal",
            "cancel",
            "deadline"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        handler.checkNow();
    }

    /* LIQUID STAKING */

    function test_liquid() external {
        handler.depositLiquid(0, ORDINARY);
        handler.allocate(0, 1_000e18);
        handler.allocate(1, 1_000e18);
        handler.allocate(0, 2_000e18);
        _requireRefused("allocate");
        handler.donateToLiquid(5e18);
        handler.fund(40_000e18);
        handler.passTime(8 * (2 days));
        handler.report(UP);
        handler.harvest();
        handler.requestRedeem(0, 1e27);
        handler.collect(0);
        _requireRefused("collect early");
        handler.redeem(0, 0);
        _requireRefused("redeem early");
        handler.transferShares(0, 1, 5e24);
        handler.deallocate(0, 0);
        for (uint256 i; i < 2; ++i) handler.passTime(8 * (5 days));
        for (uint256 i; i < 3; ++i) handler.collect(i);
        handler.collect(0);
        _requireRefused("collect nothing");
        handler.redeem(0, 0);
        bytes32[9] memory wanted = [
            bytes32("liquid deposit"),
            "allocate",
            "liquid donation",
            "harvest",
            "request redeem",
            "shares sent",
            "deallocate",
            "collect",
            "redeem"
        ];
        for (uint256 i; i < wanted.length; ++i) _require(wanted[i]);
        handler.checkNow();
    }

    /* PAUSES */

    function test_pauses() external {
        handler.delegate(0, 0, ORDINARY);
        for (uint256 scope; scope < 6; ++scope) handler.pauseScope(16 * 3_600 + 2 * scope);
        handler.delegate(1, 0, ORDINARY);
        handler.undelegate(0, 0);
        handler.redelegate(0, 1);
        handler.claimRewards(0);
        handler.proposeSlash(0, SMALL_FAULT);
        if (handler.refused("paused") < 5) revert NeverHappened("paused");
        handler.pauseScope(16 * 3_600);
        _requireRefused("pause");
        handler.resumeScope(3);
        _require("resume");
        handler.checkNow();
    }

    function _require(bytes32 action) private view {
        if (handler.done(action) == 0) revert NeverHappened(action);
    }

    function _requireRefused(bytes32 action) private view {
        if (handler.refused(action) == 0) revert NeverHappened(action);
    }
}
