// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RLP} from "@openzeppelin/contracts/utils/RLP.sol";

import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {ISlashingManager} from "../../../contracts/slashing/ISlashingManager.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {Managers} from "./Managers.sol";

/// @notice Cases from evidence to execution: reporters, copiers, forgers, the committee, the accused and the council.
abstract contract Accusers is Managers {
    using RLP for RLP.Encoder;

    struct Executed {
        uint256 time;
        uint256 taken;
    }

    /// @notice Balances around an execution.
    struct Money {
        uint256 supply;
        uint256 reporter;
        uint256 insurance;
    }

    bytes32 private constant SALT = keccak256("salt");
    address private constant REPORTER = address(0x4E90);
    address private constant COPIER = address(0xC09E);

    uint256[] internal running;
    Executed[] private _executed;
    /// @dev The only validator that double signs: a second tombstone would leave too little to happen.
    uint32 private _forger;

    /* EVIDENCE */

    function doubleSign(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        if (_forger != 0 ? validatorId != _forger : seed % 4 != 0) return;
        uint256 tau = clock - ((seed / 4) % 60 hours);
        ISlashingManager.DoubleSign memory e = _evidence(validatorId, tau, consensusKeyOf[validatorId]);
        uint256 manner = (seed / 256) % 4;
        if (manner == 3) {
            // The header is anchored first and left out of the evidence.
            slashing.anchor(e.header);
            e.header = "";
        }
        if (manner != 0) _commit(e);
        address from = manner == 2 ? COPIER : REPORTER;
        bytes memory data = abi.encodeCall(slashing.submitDoubleSign, (e, SALT));
        if (_stopped(IProtocolPause.Scope.Slashing, from, address(slashing), data)) return;
        bytes memory expected = abi.encodePacked(
            ISlashingManager.SlashingManager_Tombstoned.selector,
            ISlashingManager.SlashingManager_EvidenceTooOld.selector,
            ISlashingManager.SlashingManager_KeyNotInForce.selector
        );
        (bool ok, bytes memory answer) = _attempt("double sign", from, address(slashing), data, expected);
        if (!ok) return;
        _forger = validatorId;
        uint256 caseId = abi.decode(answer, (uint256));
        _opened(caseId, validatorId);
        if (slashing.caseOf(caseId).rewarded != (manner % 2 == 1)) revert Broken(8, caseId, manner);
        if (manner == 2) {
            bytes memory claims = abi.encodeCall(slashing.claimReport, (caseId, SALT));
            bytes4 none = ISlashingManager.SlashingManager_NoCommitment.selector;
            _mustNot("copied", COPIER, address(slashing), claims, none);
            _must("report claimed", REPORTER, address(slashing), claims);
        }
        _mustNot("seen twice", from, address(slashing), data, ISlashingManager.SlashingManager_EvidenceKnown.selector);
    }

    /// @dev Two signed votes of one place in a block at `tau`, which the runner is told to have made.
    function _evidence(
        uint32 validatorId,
        uint256 tau,
        uint256 signer
    ) private returns (ISlashingManager.DoubleSign memory e) {
        uint64 height = uint64(_block() - 2 - (tau % 100));
        e.key = abi.encodePacked(vm.addr(consensusKeyOf[validatorId]));
        e.a = ISlashingManager.BlockVote(block.chainid, height, uint32(calls), 1, keccak256("a"));
        e.b = ISlashingManager.BlockVote(block.chainid, height, uint32(calls), 1, keccak256("b"));
        e.sigA = _sign(signer, e.a);
        e.sigB = _sign(signer, e.b);
        e.header = _header(height, tau);
        vm.setBlockhash(height, keccak256(e.header));
    }

    function _sign(uint256 key, ISlashingManager.BlockVote memory vote) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, slashing.voteDigest(vote));
        return abi.encodePacked(r, s, v);
    }

    function _header(uint256 height, uint256 timestamp) private pure returns (bytes memory) {
        bytes32 root = keccak256("root");
        RLP.Encoder memory fields = RLP.encoder().push(root).push(root).push(address(0)).push(root).push(root);
        fields = fields.push(root).push(new bytes(256)).push(uint256(0)).push(height).push(uint256(30_000_000));
        fields = fields.push(uint256(0)).push(timestamp).push(bytes("")).push(root).push(new bytes(8));
        return fields.push(uint256(7)).encode();
    }

    function _commit(ISlashingManager.DoubleSign memory e) private {
        bytes32 digest = slashing.evidenceDigest(e.key, e.a, e.b);
        vm.roll(_block() - 1);
        vm.prank(REPORTER);
        slashing.commitReport(keccak256(abi.encode(digest, REPORTER, SALT)));
        vm.roll(_block());
    }

    /// @dev Evidence that proves nothing; nobody is accused by it.
    function frame(uint256 where, uint256 seed) external act {
        if (pause.isPaused(IProtocolPause.Scope.Slashing)) return;
        uint32 validatorId = _someValidator(where);
        uint256 kind = seed % 5;
        uint256 signer = kind == 0 ? ATTESTER_KEY : consensusKeyOf[validatorId];
        // Ever since the validators' keys are in force.
        ISlashingManager.DoubleSign memory e = _evidence(validatorId, clock, signer);
        bytes4 wanted = ISlashingManager.SlashingManager_BadSignature.selector;
        if (kind == 1) {
            e.header = _header(e.a.height, clock - 1);
            wanted = ISlashingManager.SlashingManager_BadHeader.selector;
        } else if (kind == 2) {
            e.b = e.a;
            wanted = ISlashingManager.SlashingManager_NotConflicting.selector;
        } else if (kind == 3) {
            e.key = abi.encodePacked(STRANGER);
            wanted = ISlashingManager.SlashingManager_UnknownKey.selector;
        } else if (kind == 4) {
            ++e.b.chainId;
            wanted = ISlashingManager.SlashingManager_WrongChain.selector;
        }
        bytes memory data = abi.encodeCall(slashing.submitDoubleSign, (e, SALT));
        _mustNot("framed", COPIER, address(slashing), data, wanted);
    }

    function reportDowntime(uint256 where) external act {
        uint32 validatorId = _someValidator(where);
        bytes memory data = abi.encodeCall(slashing.reportDowntime, (validatorId));
        if (_stopped(IProtocolPause.Scope.Slashing, STRANGER, address(slashing), data)) return;
        bytes memory expected = abi.encodePacked(
            ISlashingManager.SlashingManager_Tombstoned.selector,
            ISlashingManager.SlashingManager_NotDown.selector,
            ISlashingManager.SlashingManager_AlreadyReported.selector,
            ISlashingManager.SlashingManager_EvidenceTooOld.selector,
            ISlashingManager.SlashingManager_SameOutage.selector
        );
        (bool ok, bytes memory answer) = _attempt("downtime", STRANGER, address(slashing), data, expected);
        if (!ok) return;
        uint256 caseId = abi.decode(answer, (uint256));
        if (caseId != 0) {
            _did("downtime case");
            return _opened(caseId, validatorId);
        }
        if (validators.isEarning(validatorId)) revert Broken(18, validatorId, 0);
    }

    function proposeSlash(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        // Seldom, or nobody would be left to earn.
        if (seed % 3 != 0 || core.openCasesOf(validatorId) >= 2) return;
        ISlashingManager.Kind kind = ISlashingManager.Kind(2 + ((seed / 3) % 3));
        uint64 fraction = uint64(1 + ((seed / 64) % slashing.fractionOf(kind)));
        uint40 tau = uint40(clock - ((seed / 9) % 60 hours));
        uint256 bond = slashing.terms().bond;
        _provide(COMMITTEE, bond);
        vm.prank(COMMITTEE);
        token.approve(address(slashing), bond);
        bytes memory data = abi.encodeCall(
            slashing.proposeSlash,
            (validatorId, kind, tau, fraction, keccak256(abi.encode(calls)))
        );
        if (_stopped(IProtocolPause.Scope.Slashing, COMMITTEE, address(slashing), data)) return;
        bytes memory expected = abi.encodePacked(ISlashingManager.SlashingManager_EvidenceTooOld.selector);
        (bool ok, bytes memory answer) = _attempt("propose slash", COMMITTEE, address(slashing), data, expected);
        if (ok) _opened(abi.decode(answer, (uint256)), validatorId);
    }

    /// @dev Item 18: whoever is accused is in jail, and earns nothing.
    function _opened(uint256 caseId, uint32 validatorId) private {
        running.push(caseId);
        if (validators.isEarning(validatorId)) revert Broken(18, validatorId, 0);
        ISlashingManager.Deadlines memory d = slashing.deadlinesOf(caseId);
        if (validators.validator(validatorId).jailedUntil < d.executeBy) revert Broken(18, validatorId, d.executeBy);
    }

    /* CASES */

    /// @dev One step of a running case. It succeeds exactly if the manager says that it can.
    function pursue(uint256 which, uint256 seed) external act {
        if (running.length == 0) return;
        uint256 index = which % running.length;
        uint256 caseId = running[index];
        ISlashingManager.Case memory c = slashing.caseOf(caseId);
        ISlashingManager.Actions memory can = slashing.actionsOf(caseId);
        uint256 kind = seed % 8;
        bool allowed;
        bool ok;
        if (kind < 2) (allowed, ok) = (can.appeal, _appeal(caseId, c));
        else if (kind < 4) (allowed, ok) = (can.decide, _decide(caseId, c, seed / 8));
        else if (kind == 4) (allowed, ok) = (can.ratify || (can.execute && c.ratified), _ratify(caseId));
        else if (kind == 5)
            (allowed, ok) = (can.lapse, _close("lapse", caseId, abi.encodeCall(slashing.lapse, (caseId))));
        else (allowed, ok) = (can.execute, _execute(caseId, c, can.execute));
        if (ok && !allowed) revert Broken(12, caseId, kind);
        if (!ok && allowed && kind < 6) revert Unexpected("pursue", abi.encode(caseId, kind));
        if (slashing.stateOf(caseId) <= ISlashingManager.State.Decided) return;
        running[index] = running[running.length - 1];
        running.pop();
    }

    function _appeal(uint256 caseId, ISlashingManager.Case memory c) private returns (bool ok) {
        bytes memory data = abi.encodeCall(slashing.appeal, (caseId, keccak256("statement")));
        bytes4 notAccused = ISlashingManager.SlashingManager_NotAccused.selector;
        if (!pause.isPaused(IProtocolPause.Scope.Slashing)) {
            _mustNot("appeal of another", STRANGER, address(slashing), data, notAccused);
        }
        address owner = _ownerOf(c.validatorId);
        if (_stopped(IProtocolPause.Scope.Slashing, owner, address(slashing), data)) return false;
        (ok, ) = _attempt("appeal", owner, address(slashing), data, _caseErrors());
    }

    function _decide(uint256 caseId, ISlashingManager.Case memory c, uint256 seed) private returns (bool ok) {
        ISlashingManager.Verdict verdict = ISlashingManager.Verdict(seed % 3);
        // A fraction of one unit leaves nothing to reduce.
        if (verdict == ISlashingManager.Verdict.Reduce && c.fraction < 2) verdict = ISlashingManager.Verdict.Uphold;
        uint64 reduced = c.fraction < 2 ? 0 : uint64(1 + ((seed / 4) % (c.fraction - 1)));
        bytes memory data = abi.encodeCall(slashing.decide, (caseId, verdict, reduced));
        if (_stopped(IProtocolPause.Scope.Slashing, COUNCIL, address(slashing), data)) return false;
        bytes32 name = verdict == ISlashingManager.Verdict.Overturn ? bytes32("overturn") : bytes32("decide");
        (ok, ) = _attempt(name, COUNCIL, address(slashing), data, _caseErrors());
    }

    function _ratify(uint256 caseId) private returns (bool ok) {
        bytes memory data = abi.encodeCall(slashing.ratify, (caseId));
        if (_stopped(IProtocolPause.Scope.Slashing, COUNCIL, address(slashing), data)) return false;
        (ok, ) = _attempt("ratify", COUNCIL, address(slashing), data, _caseErrors());
    }

    function _close(bytes32 name, uint256 caseId, bytes memory data) private returns (bool ok) {
        if (_stopped(IProtocolPause.Scope.Slashing, STRANGER, address(slashing), data)) return false;
        uint32 validatorId = slashing.caseOf(caseId).validatorId;
        uint256 open = core.openCasesOf(validatorId);
        (ok, ) = _attempt(name, STRANGER, address(slashing), data, _caseErrors());
        if (ok && core.openCasesOf(validatorId) != open - 1) revert Broken(12, core.openCasesOf(validatorId), open);
    }

    /// @dev Items 8, 9, 10, 27 and 30.
    function _execute(uint256 caseId, ISlashingManager.Case memory c, bool due) private returns (bool ok) {
        Shot memory shot = _aim(c.validatorId, c.tau);
        Money memory m = _money(c.reporter);
        (, uint256 limit) = slashing.breaker();
        bool silence = c.kind <= ISlashingManager.Kind.Downtime && clock >= slashing.deadlinesOf(caseId).lateFrom;
        bytes memory data = abi.encodeCall(slashing.execute, (caseId));
        if (_stopped(IProtocolPause.Scope.Slashing, STRANGER, address(slashing), data)) return false;
        bytes memory expected = _caseErrors();
        // Item 30: a verdict that stands is executed, unless the council has to ratify it.
        if (due) expected = abi.encodePacked(ISlashingManager.SlashingManager_NeedsRatification.selector);
        (ok, ) = _attempt(
            due ? bytes32("execute case") : bytes32("execute early"),
            STRANGER,
            address(slashing),
            data,
            expected
        );
        if (!ok) return false;
        uint256 taken = _hit(shot, WAD - c.fraction);
        _requireMoney(c, m, taken);
        _executed.push(Executed(clock, taken));
        uint256 used;
        for (uint256 i; i < _executed.length; ++i) if (_executed[i].time + 7 days > clock) used += _executed[i].taken;
        // Item 27: more than 2 % of all stake in seven days only with the council, or when it was silent to the end.
        if (taken != 0 && used > limit && !c.ratified && !silence) revert Broken(27, used, limit);
        if (used > limit && taken != 0) _did(c.ratified ? bytes32("ratified") : bytes32("silence"));
        if (c.kind != ISlashingManager.Kind.DoubleSign) return true;
        if (!validators.validator(c.validatorId).tombstoned) revert Broken(17, c.validatorId, 0);
        _did("tombstone");
    }

    function _money(address reporter) private view returns (Money memory) {
        return Money(token.totalSupply(), token.balanceOf(reporter), token.balanceOf(address(insurance)));
    }

    /// @dev Item 8: taken = burned + bounty + insurance, to the last unit; the manager keeps bonds only.
    function _requireMoney(ISlashingManager.Case memory c, Money memory m, uint256 taken) private {
        Money memory after_ = _money(c.reporter);
        uint256 burned = m.supply - after_.supply;
        uint256 bounty = after_.reporter - m.reporter - c.bond;
        uint256 insured = after_.insurance - m.insurance;
        burnt += burned;
        if (burned + bounty + insured != taken) revert Broken(8, burned + bounty + insured, taken);
        if (bounty != 0 && !c.rewarded) revert Broken(8, bounty, 0);
        if (bounty != 0) _did("bounty");
    }

    function _caseErrors() private pure returns (bytes memory) {
        return
            abi.encodePacked(
                ISlashingManager.SlashingManager_BadState.selector,
                ISlashingManager.SlashingManager_NotYet.selector,
                ISlashingManager.SlashingManager_WindowClosed.selector
            );
    }

    /* CHECKS */

    /// @dev Item 12: while a case can still be executed, nothing that it may take can be claimed.
    function _checkCases() internal view {
        if (pause.isPaused(IProtocolPause.Scope.Claim)) return;
        uint256 bonds;
        for (uint256 i; i < running.length; ++i) {
            ISlashingManager.Case memory c = slashing.caseOf(running[i]);
            bonds += c.bond;
            if (clock >= slashing.deadlinesOf(running[i]).executeBy) continue;
            uint32[] storage days_ = daysOf[c.validatorId];
            for (uint256 j; j < days_.length; ++j) {
                if (days_[j] < c.tau / DAY) continue;
                IStakingCore.Cohort memory cohort = core.cohort(c.validatorId, days_[j]);
                if (clock >= _matures(cohort)) revert Broken(12, days_[j], running[i]);
            }
        }
        // The manager holds bonds, and nothing else.
        if (token.balanceOf(address(slashing)) != bonds) revert Broken(8, token.balanceOf(address(slashing)), bonds);
    }

    /// @dev Item 12 for exits under a lien: they may owe what a case against the source takes.
    function _requireLienAtStake(IStakingCore.Lien memory l, IStakingCore.Cohort memory c) internal view {
        if (clock < _matures(c) || pause.isPaused(IProtocolPause.Scope.Claim)) return;
        for (uint256 i; i < running.length; ++i) {
            ISlashingManager.Case memory k = slashing.caseOf(running[i]);
            if (k.validatorId != l.src || l.day < k.tau / DAY) continue;
            if (clock < slashing.deadlinesOf(running[i]).executeBy) revert Broken(12, l.day, running[i]);
        }
    }
}
