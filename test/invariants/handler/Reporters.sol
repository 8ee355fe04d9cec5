// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IPerformanceOracle} from "../../../contracts/performance/IPerformanceOracle.sol";
import {Base} from "../Base.sol";
import {Operators} from "./Operators.sol";

/// @notice Reporters of performance: what they vote for, what becomes of it, and a minority that lies.
abstract contract Reporters is Base, Operators {
    uint256 private constant REPORTERS = 3;

    /// @notice A report with one page per validator, made anew from its epoch and its variant.
    struct Draft {
        uint32 epoch;
        IPerformanceOracle.Header header;
        IPerformanceOracle.Item[][] pages;
        /// @dev `next[i]` is the hash of the page after page i.
        bytes32[] next;
        bytes32 first;
        bytes32 hash;
    }

    /// @notice A validator before a page is read.
    struct Before {
        bool earning;
        uint256 rate;
        uint256 delegated;
        uint256 earned;
    }

    /// @dev The variant that honest members report, by epoch; the liar's differs.
    mapping(uint32 epoch => uint256) private _variantOf;
    mapping(uint32 epoch => uint256) private _pagesRead;
    mapping(uint32 epoch => mapping(uint32 validatorId => bool)) private _creditedIn;

    /* WHOLE REPORTS */

    /// @dev Two honest members report yesterday, and a stranger brings the data.
    function report(uint256 seed) external act {
        uint32 epoch = vault.currentEpoch() - 1;
        if (epoch <= oracle.progress().epoch) return;
        Draft memory d = _honest(epoch, seed);
        for (uint256 i; i < 2; ++i) _vote(i, d);
        if (!_submitHeader(d)) return;
        for (uint256 i; i < VALIDATORS; ++i) if (!_submitPage(d)) return;
        _did("report");
    }

    /* STEPS */

    /// @dev One member votes on yesterday or the day before; the third one may lie.
    function voteReport(uint256 who, uint256 seed) external act {
        uint32 epoch = vault.currentEpoch() - 1 - uint32((seed / 8) % 2);
        Draft memory d = _honest(epoch, seed / 16);
        if (who % REPORTERS == 2 && seed % 2 == 0) d = _draft(epoch, ~_variantOf[epoch]);
        _vote(who % REPORTERS, d);
    }

    function confirmReport(uint256 who, uint256 seed) external act {
        uint32 epoch = vault.currentEpoch() - 1 - uint32((seed / 8) % 2);
        Draft memory d = _honest(epoch, seed / 16);
        bytes memory expected = abi.encodePacked(
            IPerformanceOracle.PerformanceOracle_EpochPassed.selector,
            IPerformanceOracle.PerformanceOracle_NoConsensus.selector,
            IPerformanceOracle.PerformanceOracle_NotYet.selector,
            IPerformanceOracle.PerformanceOracle_AlreadyConfirmed.selector,
            IPerformanceOracle.PerformanceOracle_NotMember.selector
        );
        bytes memory data = abi.encodeCall(oracle.confirmReport, (epoch, d.hash));
        _attempt("confirm", _reporter(who % REPORTERS), address(oracle), data, expected);
    }

    /// @dev Anybody brings a header, also the liar's, which nobody else voted for.
    function submitHeader(uint256 seed) external act {
        uint32 epoch = vault.currentEpoch() - 1 - uint32((seed / 8) % 2);
        Draft memory d = _honest(epoch, seed / 16);
        if (seed % 4 == 0) d = _draft(epoch, ~_variantOf[epoch]);
        _submitHeader(d);
    }

    function submitData(uint256 seed) external act {
        uint32 epoch = oracle.progress().epoch;
        Draft memory d = _honest(epoch, 0);
        // A page that was made up has another hash.
        if (seed % 4 == 0) {
            if (oracle.lastProcessedEpoch() == epoch) return;
            d.pages[0][0].amount += 1;
            bytes memory data = abi.encodeCall(oracle.submitData, (epoch, d.pages[0], d.next[0]));
            bytes4 wrong = IPerformanceOracle.PerformanceOracle_WrongPage.selector;
            return _mustNot("made up", STRANGER, address(oracle), data, wrong);
        }
        _submitPage(d);
    }

    /// @dev The third member leaves or returns by a vote; agreements may come and go with it.
    function changeReporters(uint256 seed) external act {
        bytes memory expected = abi.encodePacked(
            IPerformanceOracle.PerformanceOracle_NotMember.selector,
            IPerformanceOracle.PerformanceOracle_AlreadyMember.selector,
            IPerformanceOracle.PerformanceOracle_QuorumTooSmall.selector,
            IPerformanceOracle.PerformanceOracle_QuorumTooLarge.selector
        );
        uint256 quorum = (seed / 2) % 4;
        bytes memory data =
            seed % 2 == 0
                ? abi.encodeCall(oracle.removeMember, (_reporter(2), quorum))
                : abi.encodeCall(oracle.addMember, (_reporter(2), quorum));
        _attempt(
            seed % 2 == 0 ? bytes32("reporter left") : bytes32("reporter came"),
            address(timelock),
            address(oracle),
            data,
            expected
        );
        uint256 n = oracle.members().length;
        if (oracle.quorum() <= n / 2 || oracle.quorum() > n) revert Broken(25, oracle.quorum(), n);
    }

    /* INTERNALS */

    function _vote(uint256 who, Draft memory d) private {
        bytes memory expected = abi.encodePacked(
            IPerformanceOracle.PerformanceOracle_EpochPassed.selector,
            IPerformanceOracle.PerformanceOracle_SameReport.selector,
            IPerformanceOracle.PerformanceOracle_NotMember.selector
        );
        bytes memory data = abi.encodeCall(oracle.submitReport, (d.epoch, d.hash, 1));
        _attempt("vote report", _reporter(who), address(oracle), data, expected);
    }

    /// @dev Item 25: nothing is read before more than half of the members sent this very hash.
    function _submitHeader(Draft memory d) private returns (bool ok) {
        address[] memory voters = oracle.members();
        uint256 equal;
        for (uint256 i; i < voters.length; ++i) if (oracle.voteOf(d.epoch, voters[i]) == d.hash) ++equal;
        bytes memory expected = abi.encodePacked(
            IPerformanceOracle.PerformanceOracle_EpochPassed.selector,
            IPerformanceOracle.PerformanceOracle_NoConsensus.selector,
            IPerformanceOracle.PerformanceOracle_BudgetExceeded.selector
        );
        bytes memory data = abi.encodeCall(oracle.submitHeader, (d.epoch, 1, d.header, d.first));
        (ok, ) = _attempt("header", STRANGER, address(oracle), data, expected);
        if (!ok) {
            if (equal <= voters.length / 2) ++refused["minority"];
            return false;
        }
        if (equal <= voters.length / 2) revert Broken(25, equal, voters.length);
    }

    /// @dev Items 15, 16, 18 and 25.
    function _submitPage(Draft memory d) private returns (bool ok) {
        uint256 page = _pagesRead[d.epoch] % VALIDATORS;
        Before[] memory then = new Before[](VALIDATORS);
        for (uint32 i; i < VALIDATORS; ++i) then[i] = _before(i + 1);
        uint256 budget = vault.budgetFor(d.epoch);
        uint256 uncredited = vault.uncredited();
        bytes memory expected = abi.encodePacked(
            IPerformanceOracle.PerformanceOracle_NotProcessing.selector,
            IPerformanceOracle.PerformanceOracle_NeedsConfirmation.selector
        );
        bytes memory data = abi.encodeCall(oracle.submitData, (d.epoch, d.pages[page], d.next[page]));
        (ok, ) = _attempt("data", STRANGER, address(oracle), data, expected);
        if (!ok) return false;
        ++_pagesRead[d.epoch];
        uint256 spent = uncredited - vault.uncredited();
        credited += spent;
        if (spent > budget || spent > d.header.totalAmount) revert Broken(15, spent, budget);
        for (uint32 i; i < VALIDATORS; ++i) _requireCredit(d.epoch, i + 1, then[i]);
    }

    function _requireCredit(uint32 epoch, uint32 validatorId, Before memory then) private {
        if (_before(validatorId).earned == then.earned) return;
        _did("credit");
        if (!then.earning) revert Broken(18, validatorId, 0);
        if (_creditedIn[epoch][validatorId]) revert Broken(25, epoch, validatorId);
        _creditedIn[epoch][validatorId] = true;
        if (then.delegated == 0) return;
        // Item 16: the rate applied rises only by an executed declaration.
        uint256 applied = appliedRate[validatorId];
        if (applied != 0 && then.rate > applied && !raised[validatorId]) revert Broken(16, then.rate, applied);
        appliedRate[validatorId] = then.rate;
        raised[validatorId] = false;
    }

    function _before(uint32 validatorId) private view returns (Before memory) {
        (uint256 commission, uint256 selfRewards) = vault.commissionOf(validatorId);
        return
            Before(
                validators.isEarning(validatorId),
                validators.commissionOf(validatorId),
                core.validatorStake(validatorId).del.tokens,
                commission + selfRewards + core.accumulatorOf(validatorId)
            );
    }

    function _honest(uint32 epoch, uint256 seed) private returns (Draft memory) {
        if (_variantOf[epoch] == 0) _variantOf[epoch] = 1 + (seed % type(uint128).max);
        return _draft(epoch, _variantOf[epoch]);
    }

    function _draft(uint32 epoch, uint256 variant) private pure returns (Draft memory d) {
        d.epoch = epoch;
        d.pages = new IPerformanceOracle.Item[][](VALIDATORS);
        d.next = new bytes32[](VALIDATORS);
        uint112 amount = uint112(1 + ((variant / 64) % 7_000e18));
        // Seldom, and one of the two smaller ones: its tier is gone for long.
        uint32 down = variant % 8 == 0 ? 2 + uint32((variant / 8) % 2) : 0;
        bytes32 next;
        for (uint32 i = VALIDATORS; i > 0; --i) {
            IPerformanceOracle.Item[] memory page = new IPerformanceOracle.Item[](1);
            page[0] = IPerformanceOracle.Item(i, 1, i == down ? 0 : 1_000, i == down ? 1_000 : 0, amount);
            d.pages[i - 1] = page;
            d.next[i - 1] = next;
            next = keccak256(abi.encode(next, page));
        }
        d.header = IPerformanceOracle.Header(1, 2, VALIDATORS, uint256(amount) * VALIDATORS);
        d.first = next;
        d.hash = keccak256(abi.encode(epoch, uint16(1), d.header, next));
    }
}
