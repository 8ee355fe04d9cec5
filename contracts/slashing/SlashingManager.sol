// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ITBurnToken} from "../token/ITBurnToken.sol";
import {DoubleSigns} from "./DoubleSigns.sol";
import {ISlashingManager} from "./ISlashingManager.sol";
import {SlashingEvidence} from "./SlashingEvidence.sol";
import {SlashingLedger} from "./SlashingLedger.sol";
import {SlashingRules} from "./SlashingRules.sol";

/// @notice Cases: opened by evidence, contested, decided, executed or lapsed.
/// @dev Documented in `ISlashingManager`.
contract SlashingManager is SlashingEvidence, ReentrancyGuardTransient {
    using SafeERC20 for ITBurnToken;

    /// @dev Epochs in which a second downtime counts as a repeat.
    uint32 private constant DOWNTIME_WINDOW = 30;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(Peers memory peers) SlashingLedger(peers) {}

    /// @param fractions By kind, in the order of `Kind`.
    function initialize(
        address authority_,
        Windows calldata windows_,
        Terms calldata terms_,
        uint64[5] calldata fractions
    ) external initializer {
        __AccessManaged_init(authority_);
        __EIP712_init("TBURN SlashingManager", "1");
        Storage storage $ = _storage();
        SlashingRules.begin($.schedule, $.terms, $.fractions, $.slashed, windows_, terms_, fractions, _core);
    }

    /* EVIDENCE */

    /// @inheritdoc ISlashingManager
    function submitDoubleSign(
        DoubleSign calldata e,
        bytes32 salt
    ) external whenOpen nonReentrant returns (uint256 caseId) {
        // Check: proven, new, and somebody is left to punish.
        DoubleSigns.Finding memory found = DoubleSigns.examine(
            _storage().anchors,
            e,
            _domainSeparatorV4(),
            _validators,
            _core
        );
        _requireFresh(found.tau);
        SlashingRules.requireAtLarge(_validators, found.validatorId);
        _learn(found.offence);

        // Effect: the case, with a bounty for who committed in an earlier block.
        SlashingRules.Draft memory c = _draft(found.validatorId, Kind.DoubleSign, found.tau, found.digest);
        c.rewarded = _committed(found.digest, msg.sender, salt, block.number);
        caseId = _open(c);
        DoubleSigns.publish(caseId, e);
    }

    /// @inheritdoc ISlashingManager
    function claimReport(uint256 caseId, bytes32 salt) external {
        Case storage c = _require(caseId);
        if (c.state > State.Decided) revert SlashingManager_BadState(caseId, c.state);
        if (c.kind != Kind.DoubleSign || c.rewarded) revert SlashingManager_NoBounty(caseId);
        if (!_committed(c.evidenceHash, msg.sender, salt, c.openedBlock)) {
            revert SlashingManager_NoCommitment(_commitment(c.evidenceHash, msg.sender, salt));
        }
        c.reporter = msg.sender;
        c.rewarded = true;
        emit ReportClaimed(caseId, msg.sender);
    }

    /// @inheritdoc ISlashingManager
    function reportDowntime(uint32 validatorId) external whenOpen nonReentrant returns (uint256 caseId) {
        // Check: down in the latest reported epoch, which was not punished yet.
        SlashingRules.requireAtLarge(_validators, validatorId);
        (uint32 bitmap, uint32 epoch) = _oracle.downtimeOf(validatorId);
        if (bitmap & 1 == 0) revert SlashingManager_NotDown(validatorId, epoch);
        Downtime memory last = _storage().downtimes[validatorId];
        if (last.since != 0 && epoch <= last.epoch) revert SlashingManager_AlreadyReported(validatorId, epoch);
        uint40 tau = uint40(epoch * uint256(_core.windows().epoch));
        _requireFresh(tau);
        if (tau < last.since) revert SlashingManager_SameOutage(validatorId, epoch);

        // Effect: jail at first, a case on repeat.
        _storage().downtimes[validatorId] = Downtime(epoch, uint40(block.timestamp));
        if (last.since == 0 || epoch - last.epoch >= DOWNTIME_WINDOW) {
            uint40 until = uint40(block.timestamp) + _storage().terms.downtimeJail;
            _keepJailed(validatorId, until);
            emit DowntimeJailed(validatorId, epoch, until);
            _validators.jail(validatorId, until);
            return 0;
        }
        caseId = _open(_draft(validatorId, Kind.Downtime, tau, keccak256(abi.encode(validatorId, epoch, bitmap))));
    }

    /// @inheritdoc ISlashingManager
    function proposeSlash(
        uint32 validatorId,
        Kind kind,
        uint40 tau,
        uint64 fraction,
        bytes32 evidenceHash
    ) external restricted whenOpen nonReentrant returns (uint256 caseId) {
        // Check: a kind that is argued, an existing validator, a fault lately, a fraction inside the kind's.
        _requireDirect();
        if (_isProven(kind)) revert SlashingManager_NotDiscretionary(kind);
        if (_validators.memberNoOf(validatorId) == 0) revert SlashingManager_NoSuchValidator(validatorId);
        uint64 highest = _storage().fractions[kind];
        if (fraction == 0 || fraction > highest) revert SlashingManager_BadFraction(fraction, highest);
        _requireFresh(tau);
        _learn(keccak256(abi.encode(validatorId, kind, evidenceHash)));

        // Interaction: the bond first, so that no case stands without it.
        uint96 bond = _storage().terms.bond;
        if (bond != 0) _token.safeTransferFrom(msg.sender, address(this), bond);

        // Effect: the case.
        SlashingRules.Draft memory c = _draft(validatorId, kind, tau, evidenceHash);
        c.fraction = fraction;
        c.bond = bond;
        caseId = _open(c);
    }

    /* CASES */

    /// @inheritdoc ISlashingManager
    function appeal(uint256 caseId, bytes32 statementHash) external whenOpen {
        Case storage c = _require(caseId);
        if (!_members.isOperator(_validators.memberNoOf(c.validatorId), msg.sender)) {
            revert SlashingManager_NotAccused(caseId, msg.sender);
        }
        if (c.state != State.Reported) revert SlashingManager_BadState(caseId, c.state);
        _requireBefore(caseId, _deadlines(c).appealBy);
        c.state = State.Appealed;
        emit CaseAppealed(caseId, statementHash, msg.sender);
    }

    /// @inheritdoc ISlashingManager
    function decide(uint256 caseId, Verdict verdict, uint64 newFraction) external restricted whenOpen nonReentrant {
        // Check: an appealed case in time, by somebody who did not bring it.
        Case storage c = _require(caseId);
        if (c.state != State.Appealed) revert SlashingManager_BadState(caseId, c.state);
        _requireBefore(caseId, _deadlines(c).decideBy);
        _requireImpartial(caseId, c);

        // Effect: the verdict.
        if (verdict == Verdict.Overturn) {
            emit CaseDecided(caseId, verdict, 0, msg.sender);
            _overturn(caseId, c);
            return;
        }
        if (verdict == Verdict.Reduce) {
            if (newFraction == 0 || newFraction >= c.fraction) {
                revert SlashingManager_BadFraction(newFraction, c.fraction - 1);
            }
            c.fraction = newFraction;
        }
        c.state = State.Decided;
        emit CaseDecided(caseId, verdict, c.fraction, msg.sender);
    }

    /// @inheritdoc ISlashingManager
    function ratify(uint256 caseId) external restricted whenOpen {
        Case storage c = _require(caseId);
        SlashingRules.requireDue(caseId, c, _deadlines(c));
        _requireImpartial(caseId, c);
        c.ratified = true;
        emit CaseRatified(caseId, msg.sender);
    }

    /// @inheritdoc ISlashingManager
    function execute(uint256 caseId) external whenOpen nonReentrant {
        // Check: the verdict stands and its window is open.
        Case storage c = _require(caseId);
        Deadlines memory d = _deadlines(c);
        SlashingRules.requireDue(caseId, c, d);
        c.state = State.Executed;
        _keepJailed(c.validatorId, c.jailedUntil);

        // Interaction: the core takes, and burns what is not kept for reporter and insurance.
        (uint256 used, uint256 limit) = breaker();
        (uint16 bountyBps, uint16 insuranceBps) = _rates(c);
        (uint256 taken, uint256 retained) = _core.slash(
            c.validatorId,
            c.tau,
            WAD - c.fraction,
            bountyBps + insuranceBps
        );

        // Check: above the breaker the council must agree, or stay silent about a proven case until its last hours.
        bool silence = _isProven(c.kind) && block.timestamp >= d.lateFrom;
        if (taken != 0 && used + taken > limit && !c.ratified && !silence) {
            revert SlashingManager_NeedsRatification(caseId, used + taken, limit);
        }
        SlashingRules.count(_storage().slashed, taken);

        // Interaction: the sanction, then the shares of it.
        if (c.kind == Kind.DoubleSign) SlashingRules.tombstone(_validators, c.validatorId);
        _core.closeCase(c.validatorId);
        _settleJail(c.validatorId);
        _distribute(caseId, c, taken, retained);
    }

    /// @inheritdoc ISlashingManager
    function lapse(uint256 caseId) external whenOpen nonReentrant {
        // Check: open, and too late for anything else.
        Case storage c = _require(caseId);
        if (c.state > State.Decided) revert SlashingManager_BadState(caseId, c.state);
        Deadlines memory d = _deadlines(c);
        bool argued = !_isProven(c.kind);
        uint40 from = argued && c.state == State.Appealed ? d.decideBy : d.executeBy;
        if (block.timestamp < from) revert SlashingManager_NotYet(caseId, from);

        // Effect: a fault that was only argued leaves nothing behind; a proven one keeps its jail term.
        c.state = State.Lapsed;
        if (!argued) _keepJailed(c.validatorId, c.jailedUntil);
        emit CaseClosed(caseId, State.Lapsed, 0, 0, 0, 0);
        _core.closeCase(c.validatorId);
        _settleJail(c.validatorId);
        _returnBond(caseId, c);
    }

    /// @inheritdoc ISlashingManager
    function claimCompensation(uint256 caseId) external whenOpen nonReentrant {
        Case storage c = _require(caseId);
        if (c.state != State.Overturned) revert SlashingManager_BadState(caseId, c.state);
        uint64 memberNo = _validators.memberNoOf(c.validatorId);
        SlashingRules.compensateLate(_members, _insurance, caseId, memberNo, _storage().terms.compensation);
    }

    /* INTERNALS: CASES */

    function _draft(
        uint32 validatorId,
        Kind kind,
        uint40 tau,
        bytes32 evidenceHash
    ) private view returns (SlashingRules.Draft memory c) {
        c.validatorId = validatorId;
        c.kind = kind;
        c.tau = tau;
        c.fraction = _storage().fractions[kind];
        c.evidenceHash = evidenceHash;
    }

    /// @dev Stores a case and jails the accused until it must be over.
    function _open(SlashingRules.Draft memory draft) private returns (uint256 caseId) {
        Storage storage $ = _storage();
        caseId = ++$.caseCount;
        uint40 until = SlashingRules.open(caseId, $.cases[caseId], $.schedule, $.terms.slashJail, _pause, draft);

        // Interaction: no earnings, no exit from jail, no new delegation.
        _validators.jail(draft.validatorId, until);
        _core.openCase(draft.validatorId);
    }

    function _overturn(uint256 caseId, Case storage c) private {
        c.state = State.Overturned;
        uint32 validatorId = c.validatorId;
        uint256 bond = c.bond;
        emit CaseClosed(caseId, State.Overturned, 0, 0, 0, 0);
        if (bond != 0) emit BondForfeited(caseId, bond);

        // Interaction: liberty, then the bond to the fund, then what the fund's caps allow to the accused.
        _core.closeCase(validatorId);
        _settleJail(validatorId);
        if (bond != 0) _token.safeTransfer(address(_insurance), bond);
        uint64 memberNo = _validators.memberNoOf(validatorId);
        SlashingRules.compensate(_members, _insurance, caseId, memberNo, _storage().terms.compensation);
    }

    /// @dev Parts of what is taken that do not burn; a bounty only for who committed in time.
    function _rates(Case storage c) private view returns (uint16 bountyBps, uint16 insuranceBps) {
        Terms storage t = _storage().terms;
        return (c.rewarded ? t.bountyBps : 0, t.insuranceBps);
    }

    /// @dev `taken = burned + bounty + insurance`, to the last unit: what the bounty's cap leaves over burns as well.
    function _distribute(uint256 caseId, Case storage c, uint256 taken, uint256 retained) private {
        (uint256 bounty, uint256 insurance) = _rates(c);
        bounty = (taken * bounty) / BPS;
        insurance = (taken * insurance) / BPS;
        uint256 cap = _storage().terms.bountyCap;
        if (bounty > cap) bounty = cap;
        emit CaseClosed(caseId, State.Executed, taken, taken - bounty - insurance, bounty, insurance);
        if (bounty != 0) _token.safeTransfer(c.reporter, bounty);
        if (insurance != 0) _token.safeTransfer(address(_insurance), insurance);
        uint256 rest = retained - bounty - insurance;
        if (rest != 0) _token.burn(rest);
        _returnBond(caseId, c);
    }

    function _returnBond(uint256 caseId, Case storage c) private {
        if (c.bond == 0) return;
        emit BondReturned(caseId, c.reporter, c.bond);
        _token.safeTransfer(c.reporter, c.bond);
    }

    /* INTERNALS: JAIL */

    /// @dev A term that no verdict can end any more.
    function _keepJailed(uint32 validatorId, uint40 until) private {
        if (until > _storage().settledJails[validatorId]) _storage().settledJails[validatorId] = until;
    }

    function _settleJail(uint32 validatorId) private {
        SlashingRules.settleJail(_validators, _core, validatorId, _storage().settledJails[validatorId]);
    }

    /* INTERNALS: CHECKS */

    /// @dev The same fault is punished once.
    function _learn(bytes32 offence) private {
        if (_storage().known[offence]) revert SlashingManager_EvidenceKnown(offence);
        _storage().known[offence] = true;
    }

    function _requireBefore(uint256 caseId, uint40 deadline) private view {
        if (block.timestamp >= deadline) revert SlashingManager_WindowClosed(caseId, deadline);
    }

    function _requireImpartial(uint256 caseId, Case storage c) private view {
        _requireDirect();
        if (msg.sender == c.reporter) revert SlashingManager_OwnProposal(caseId, msg.sender);
    }

    /// @dev `AccessManager.execute` puts its own address before whoever calls through it.
    function _requireDirect() private view {
        if (msg.sender == authority()) revert SlashingManager_Relayed();
    }
}
