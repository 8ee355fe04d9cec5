// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IInsuranceFund} from "./IInsuranceFund.sol";
import {ISlashingManager} from "./ISlashingManager.sol";

/// @notice Bounds of the parameters, age of evidence, jail terms, compensation, and the sum of slashes that the breaker
/// compares.
/// @dev Linked into the slashing manager, which it would otherwise carry past the code size limit (EIP-170).
library SlashingRules {
    using RateLimiter for RateLimiter.SlidingWindow;

    /// @param effectiveAt When `coming` takes the place of `present`; 0 if nothing was ever scheduled.
    struct Schedule {
        ISlashingManager.Windows present;
        uint40 effectiveAt;
        ISlashingManager.Windows coming;
    }

    /// @notice What is particular to a case when it is opened.
    struct Draft {
        uint32 validatorId;
        ISlashingManager.Kind kind;
        uint40 tau;
        uint64 fraction;
        bool rewarded;
        uint96 bond;
        bytes32 evidenceHash;
    }

    /// @dev The one entry of the breaker.
    bytes32 private constant ALL = 0;
    uint48 private constant BREAKER_WINDOW = 7 days;
    /// @dev Part of live stake that may be slashed in a window without the council.
    uint256 private constant BREAKER_BPS = 200;
    uint16 private constant HIGHEST_BOUNTY_BPS = 1_000;
    uint16 private constant HIGHEST_INSURANCE_BPS = 2_000;
    uint96 private constant HIGHEST_BOUNTY = 1_000e18;
    uint40 private constant LONGEST_JAIL = 90 days;

    /// @notice First parameters. The limiter counts without a limit, which moves with the stake and is compared when a case
    /// executes.
    function begin(
        Schedule storage schedule_,
        ISlashingManager.Terms storage terms,
        mapping(ISlashingManager.Kind kind => uint64) storage fractions,
        RateLimiter.SlidingWindow storage slashed,
        ISlashingManager.Windows calldata w,
        ISlashingManager.Terms calldata t,
        uint64[5] calldata f,
        IStakingCore core
    ) external {
        _requireWindows(w, t.slashJail, core);
        schedule_.present = w;
        _setTerms(terms, t, w.evidenceMaxAge);
        for (uint8 kind; kind < f.length; ++kind) _setFraction(fractions, ISlashingManager.Kind(kind), f[kind]);
        slashed.updateSettings(BREAKER_WINDOW, type(uint208).max);
    }

    /// @notice Schedules windows: what is in force stays so until everything that counts on it has ended.
    function schedule(
        Schedule storage s,
        ISlashingManager.Windows calldata w,
        uint40 slashJail,
        IStakingCore core
    ) external {
        _requireWindows(w, slashJail, core);
        s.present = inForce(s);
        s.coming = w;
        s.effectiveAt = uint40(block.timestamp) + core.windows().unbonding;
        emit ISlashingManager.WindowsScheduled(w, s.effectiveAt);
    }

    function setTerms(
        ISlashingManager.Terms storage terms,
        Schedule storage s,
        ISlashingManager.Terms calldata t
    ) external {
        uint40 maxAge = inForce(s).evidenceMaxAge;
        if (block.timestamp < s.effectiveAt && s.coming.evidenceMaxAge > maxAge) maxAge = s.coming.evidenceMaxAge;
        _setTerms(terms, t, maxAge);
    }

    function setFraction(
        mapping(ISlashingManager.Kind kind => uint64) storage fractions,
        ISlashingManager.Kind kind,
        uint64 fraction
    ) external {
        _setFraction(fractions, kind, fraction);
    }

    function longestSeconds(Schedule storage s) external view returns (uint40) {
        uint256 present = _sum(inForce(s));
        uint256 coming = block.timestamp < s.effectiveAt ? _sum(s.coming) : 0;
        return uint40(present > coming ? present : coming);
    }

    function count(RateLimiter.SlidingWindow storage slashed, uint256 taken) external {
        slashed.consume(ALL, taken);
    }

    function breaker(
        RateLimiter.SlidingWindow storage slashed,
        IStakingCore core
    ) external view returns (uint256 used, uint256 limit) {
        used = slashed.used(ALL);
        limit = (core.totalStake() * BREAKER_BPS) / 10_000;
    }

    /// @notice Reverts for a fault older than evidence may be. Time in which slashing stood still does not age it; pauses
    /// are 30 days apart and evidence never that old, so the latest one is all that can overlap.
    function requireFresh(Schedule storage s, IProtocolPause pause, uint40 tau) external view {
        if (tau > block.timestamp) revert ISlashingManager.SlashingManager_EvidenceAhead(tau);
        IProtocolPause.Stop memory stop = pause.stopOf(IProtocolPause.Scope.Slashing);
        uint256 oldest = block.timestamp - inForce(s).evidenceMaxAge;
        uint256 start = stop.since > tau ? stop.since : tau;
        if (stop.until > start) oldest -= stop.until - start;
        if (tau < oldest) revert ISlashingManager.SlashingManager_EvidenceTooOld(tau, uint40(oldest));
    }

    /// @notice Completes and stores a case, with the windows in force.
    /// @return jailedUntil Jail term of the accused: never over before the case.
    function open(
        uint256 caseId,
        ISlashingManager.Case storage stored,
        Schedule storage s,
        uint40 slashJail,
        IProtocolPause pause,
        Draft calldata draft
    ) external returns (uint40 jailedUntil) {
        ISlashingManager.Windows memory w = inForce(s);
        ISlashingManager.Case memory c;
        c.validatorId = draft.validatorId;
        c.kind = draft.kind;
        c.state = ISlashingManager.State.Reported;
        c.tau = draft.tau;
        c.openedAt = uint40(block.timestamp);
        c.appealBy = c.openedAt + w.appeal;
        c.decideBy = c.appealBy + w.decision;
        c.executeBy = c.decideBy + w.execution;
        c.lateFrom = c.executeBy - w.execution / 2;
        c.tolledAt = pause.tolledSeconds();
        c.jailedUntil = c.openedAt + slashJail;
        if (c.jailedUntil < c.executeBy) c.jailedUntil = c.executeBy;
        c.openedBlock = uint48(block.number);
        c.fraction = draft.fraction;
        c.rewarded = draft.rewarded;
        c.reporter = msg.sender;
        c.bond = draft.bond;
        c.evidenceHash = draft.evidenceHash;
        _store(stored, c);
        _announce(caseId, c);
        return c.jailedUntil;
    }

    /// @notice Reverts unless the verdict stands: at once if given, else when silence gives it. An appealed discretionary
    /// case has none without the council.
    function requireDue(
        uint256 caseId,
        ISlashingManager.Case storage c,
        ISlashingManager.Deadlines calldata d
    ) external view {
        ISlashingManager.State state = c.state;
        bool appealed = state == ISlashingManager.State.Appealed;
        if (state > ISlashingManager.State.Decided || (appealed && c.kind > ISlashingManager.Kind.Downtime)) {
            revert ISlashingManager.SlashingManager_BadState(caseId, state);
        }
        uint40 from = appealed ? d.decideBy : d.appealBy;
        if (state != ISlashingManager.State.Decided && block.timestamp < from) {
            revert ISlashingManager.SlashingManager_NotYet(caseId, from);
        }
        if (block.timestamp >= d.executeBy) {
            revert ISlashingManager.SlashingManager_WindowClosed(caseId, d.executeBy);
        }
    }

    /// @notice What the clock and the state allow.
    function actionsOf(
        ISlashingManager.Case storage c,
        ISlashingManager.Deadlines calldata d
    ) external view returns (ISlashingManager.Actions memory can) {
        ISlashingManager.State state = c.state;
        if (state > ISlashingManager.State.Decided) return can;
        bool late = block.timestamp >= d.executeBy;
        bool appealed = state == ISlashingManager.State.Appealed;
        bool silent = appealed && c.kind > ISlashingManager.Kind.Downtime && block.timestamp >= d.decideBy;
        can.appeal = state == ISlashingManager.State.Reported && block.timestamp < d.appealBy;
        can.decide = appealed && block.timestamp < d.decideBy;
        can.execute = !late && !silent && !can.appeal && !can.decide;
        can.ratify = can.execute && !c.ratified;
        can.lapse = late || silent;
    }

    /// @notice Reverts if nobody is left to punish.
    function requireAtLarge(IValidatorRegistry validators, uint32 validatorId) external view {
        IValidatorRegistry.Validator memory v = validators.validator(validatorId);
        if (v.memberNo == 0) revert ISlashingManager.SlashingManager_NoSuchValidator(validatorId);
        if (v.tombstoned) revert ISlashingManager.SlashingManager_Tombstoned(validatorId);
    }

    /// @notice Bars a validator unless it is barred.
    function tombstone(IValidatorRegistry validators, uint32 validatorId) external {
        if (!validators.validator(validatorId).tombstoned) validators.tombstone(validatorId);
    }

    /// @notice With the last open case closed, only terms that stand remain; those of cases that came to nothing end.
    /// @param until End of the terms that stand.
    function settleJail(IValidatorRegistry validators, IStakingCore core, uint32 validatorId, uint40 until) external {
        if (core.openCasesOf(validatorId) != 0) return;
        IValidatorRegistry.Validator memory v = validators.validator(validatorId);
        if (v.tombstoned || v.jailedUntil <= block.timestamp || v.jailedUntil <= until) return;
        validators.release(validatorId);
        if (until > block.timestamp) validators.jail(validatorId, until);
    }

    /// @notice Pays an acquitted member what the fund's caps allow. Neither a freeze nor a fund that fails keeps the council
    /// from acquitting: `compensateLate` pays then.
    function compensate(
        IMemberRegistry members,
        IInsuranceFund insurance,
        uint256 caseId,
        uint64 memberNo,
        uint96 amount
    ) external {
        uint40 until = members.frozenUntil(memberNo);
        if (block.timestamp < until) {
            emit ISlashingManager.CompensationHeld(caseId, memberNo, until);
            return;
        }
        address to = members.payoutOf(memberNo);
        uint256 paid;
        try insurance.compensate(to, amount, caseId) returns (uint256 sent) {
            paid = sent;
        } catch {}
        emit ISlashingManager.Compensated(caseId, memberNo, to, paid);
    }

    /// @notice Pays what could not be paid at the verdict; reverts while the member is frozen, or if the case was paid.
    function compensateLate(
        IMemberRegistry members,
        IInsuranceFund insurance,
        uint256 caseId,
        uint64 memberNo,
        uint96 amount
    ) external {
        address to = members.payableTo(memberNo);
        emit ISlashingManager.Compensated(caseId, memberNo, to, insurance.compensate(to, amount, caseId));
    }

    function highestFractionOf(ISlashingManager.Kind kind) external pure returns (uint64) {
        return _highestFractionOf(kind);
    }

    function _store(ISlashingManager.Case storage stored, ISlashingManager.Case memory c) private {
        stored.validatorId = c.validatorId;
        stored.kind = c.kind;
        stored.state = c.state;
        stored.tau = c.tau;
        stored.openedAt = c.openedAt;
        stored.appealBy = c.appealBy;
        stored.decideBy = c.decideBy;
        stored.executeBy = c.executeBy;
        stored.lateFrom = c.lateFrom;
        stored.tolledAt = c.tolledAt;
        stored.jailedUntil = c.jailedUntil;
        stored.openedBlock = c.openedBlock;
        stored.fraction = c.fraction;
        stored.rewarded = c.rewarded;
        stored.reporter = c.reporter;
        stored.bond = c.bond;
        stored.evidenceHash = c.evidenceHash;
    }

    function _announce(uint256 caseId, ISlashingManager.Case memory c) private {
        emit ISlashingManager.CaseOpened(
            caseId,
            c.validatorId,
            c.kind,
            c.tau,
            c.fraction,
            c.evidenceHash,
            c.reporter,
            c.appealBy,
            c.decideBy,
            c.executeBy,
            c.kind <= ISlashingManager.Kind.Downtime
        );
    }

    function inForce(Schedule storage s) internal view returns (ISlashingManager.Windows memory) {
        return s.effectiveAt != 0 && block.timestamp >= s.effectiveAt ? s.coming : s.present;
    }

    /// @dev The timing inequality (protocol §4), against the shorter of the unbonding in force and the scheduled one.
    function _requireWindows(ISlashingManager.Windows calldata w, uint40 slashJail, IStakingCore core) private view {
        if (w.evidenceMaxAge == 0 || w.appeal == 0 || w.decision == 0 || w.execution == 0) {
            revert ISlashingManager.SlashingManager_BadWindows();
        }
        uint256 unbonding = core.shortestUnbonding();
        if (_sum(w) > unbonding) revert ISlashingManager.SlashingManager_WindowsTooLong(_sum(w), unbonding);
        _requireJail(slashJail, w.evidenceMaxAge);
    }

    function _setTerms(
        ISlashingManager.Terms storage terms,
        ISlashingManager.Terms calldata t,
        uint40 evidenceMaxAge
    ) private {
        if (
            t.bountyBps > HIGHEST_BOUNTY_BPS ||
            t.insuranceBps > HIGHEST_INSURANCE_BPS ||
            t.bountyCap > HIGHEST_BOUNTY ||
            t.slashJail > LONGEST_JAIL ||
            t.downtimeJail == 0 ||
            t.downtimeJail > LONGEST_JAIL
        ) revert ISlashingManager.SlashingManager_BadTerms();
        _requireJail(t.slashJail, evidenceMaxAge);
        terms.bountyBps = t.bountyBps;
        terms.insuranceBps = t.insuranceBps;
        terms.slashJail = t.slashJail;
        terms.downtimeJail = t.downtimeJail;
        terms.bountyCap = t.bountyCap;
        terms.bond = t.bond;
        terms.compensation = t.compensation;
        emit ISlashingManager.TermsChanged(t);
    }

    function _setFraction(
        mapping(ISlashingManager.Kind kind => uint64) storage fractions,
        ISlashingManager.Kind kind,
        uint64 fraction
    ) private {
        uint64 highest = _highestFractionOf(kind);
        if (fraction == 0 || fraction > highest) {
            revert ISlashingManager.SlashingManager_BadFraction(fraction, highest);
        }
        fractions[kind] = fraction;
        emit ISlashingManager.FractionSet(kind, fraction);
    }

    function _sum(ISlashingManager.Windows memory w) private pure returns (uint256) {
        return uint256(w.evidenceMaxAge) + w.appeal + w.decision + w.execution;
    }

    function _requireJail(uint40 slashJail, uint40 evidenceMaxAge) private pure {
        if (slashJail < evidenceMaxAge) {
            revert ISlashingManager.SlashingManager_JailTooShort(slashJail, evidenceMaxAge);
        }
    }

    function _highestFractionOf(ISlashingManager.Kind kind) private pure returns (uint64) {
        if (kind == ISlashingManager.Kind.DoubleSign) return 0.1e18;
        if (kind == ISlashingManager.Kind.Downtime) return 0.01e18;
        if (kind == ISlashingManager.Kind.InvalidBlock) return 0.05e18;
        return kind == ISlashingManager.Kind.ConsensusViolation ? 0.2e18 : 0.3e18;
    }
}
