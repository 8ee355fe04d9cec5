// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStakeVotes} from "../governance/IStakeVotes.sol";
import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {TierTable} from "../libraries/TierTable.sol";
import {IPerformanceOracle} from "../performance/IPerformanceOracle.sol";
import {UptimeRing} from "../performance/UptimeRing.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {MemberTier} from "../types/MemberTier.sol";
import {ShownTier} from "../types/ShownTier.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {ITierEngine} from "./ITierEngine.sol";

/// @notice Tiers by facts, with grace.
/// @dev Documented in `ITierEngine`.
contract TierEngine is ITierEngine, Managed {
    /// @custom:storage-location erc7201:tburn.storage.TierEngine
    struct Storage {
        IStakeVotes votes;
        Parameters parameters;
        mapping(uint64 memberNo => Grade) grades;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.TierEngine")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x023a7ca500733bda17374b3c05af97963120eba04a8fbfc05f6e29d3f8abc700;

    uint256 private constant STAKE = 1;
    uint256 private constant KYC = 2;
    uint256 private constant UPTIME = 4;
    uint256 private constant POINTS = 8;
    uint256 private constant STANDING = 16;
    uint256 private constant APPOINTMENT = 32;

    /// @dev What the votes may need to count a member anew.
    uint256 private constant VOTES_GAS = 700_000;
    uint256 private constant LONGEST = 30 days;
    uint256 private constant MAX_REPORTS = 30;
    uint16 private constant ONE = 10_000;
    /// @dev Heaviest that a vote may make own stake (protocol §6).
    uint16 private constant MAX_WEIGHT = 20_000;
    uint8 private constant PROBATION_POINTS = 3;
    uint8 private constant EPOCHS_PER_POINT = 30;
    uint64 private constant WAD = 1e18;

    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;
    IStakingCore private immutable _core;
    IPerformanceOracle private immutable _oracle;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(
        IMemberRegistry members,
        IKycRegistry kyc,
        IValidatorRegistry validators,
        IStakingCore core,
        IPerformanceOracle oracle
    ) {
        _members = members;
        _kyc = kyc;
        _validators = validators;
        _core = core;
        _oracle = oracle;
    }

    function initialize(address authority_, Parameters calldata parameters_) external initializer {
        __AccessManaged_init(authority_);
        _setParameters(parameters_);
    }

    /// @notice Names the votes, once, when the system is deployed: they ask for weights, and are told of changes.
    function connect(IStakeVotes votes) external restricted {
        Storage storage $ = _storage();
        if (address($.votes) != address(0)) revert TierEngine_AlreadyConnected();
        $.votes = votes;
    }

    /* CHANGES */

    /// @inheritdoc ITierEngine
    function evaluate(uint64 memberNo) external returns (MemberTier tier) {
        Storage storage $ = _storage();
        Grade memory g = $.grades[memberNo];
        Facts memory f = _facts(memberNo, g);
        if (f.status == MemberStatus.None) revert TierEngine_NoSuchMember(memberNo);

        // Effect: breaches since the last look, then the tier.
        if (f.validatorId != 0) _countBreaches(memberNo, f, g);
        tier = g.tier;
        MemberTier target = _target(f, g);
        bool waits = g.effectiveAt != 0;
        // Back where it was, or on the other side of it.
        if (waits && (target == tier || (target > tier) != (g.staged > tier))) _cancel(memberNo, g);
        if (target != tier) {
            _stage(memberNo, f, g, target);
            if (g.effectiveAt != 0 && block.timestamp >= g.effectiveAt) _change(memberNo, f, g);
        }
        $.grades[memberNo] = g;

        // Interaction: another tier may weigh otherwise.
        if (g.tier != tier) _tellVotes(memberNo);
        return g.tier;
    }

    /// @inheritdoc ITierEngine
    function appoint(uint64 memberNo, MemberTier tier, bool appointed) external restricted {
        if (_members.statusOf(memberNo) == MemberStatus.None) revert TierEngine_NoSuchMember(memberNo);
        Grade storage g = _storage().grades[memberNo];
        if (tier == MemberTier.GenesisValidator) g.genesis = appointed;
        else if (tier == MemberTier.GovernanceValidator) g.governance = appointed;
        else revert TierEngine_NotAppointable(tier);
        emit MemberAppointed(memberNo, tier, appointed);
    }

    /// @inheritdoc ITierEngine
    function setParameters(Parameters calldata parameters_) external restricted {
        _setParameters(parameters_);
    }

    /* VIEWS */

    /// @inheritdoc ITierEngine
    function tierOf(uint64 memberNo) public view returns (MemberTier) {
        return _storage().grades[memberNo].tier;
    }

    /// @inheritdoc ITierEngine
    function shownTierOf(uint64 memberNo) external view returns (ShownTier) {
        Grade storage g = _storage().grades[memberNo];
        uint32 validatorId = _validators.validatorOf(memberNo);
        IValidatorRegistry.Validator memory v = _validators.validator(validatorId);
        bool jailed = v.jailedUntil != 0;
        if (v.tombstoned || (jailed && _wasSlashed(validatorId))) return ShownTier.SlashedValidator;
        if (jailed || _members.statusOf(memberNo) == MemberStatus.Suspended) return ShownTier.SuspendedValidator;
        if (g.points >= PROBATION_POINTS) return ShownTier.ProbationValidator;
        MemberTier tier = g.tier;
        if (tier >= MemberTier.ActiveValidator && !v.active) return ShownTier.InactiveValidator;
        // The sanction between Active and Genesis shifts the rest by one.
        return ShownTier(uint8(tier) + (tier > MemberTier.ActiveValidator ? 1 : 0));
    }

    /// @inheritdoc ITierEngine
    function supportedTierOf(uint64 memberNo) external view returns (MemberTier) {
        return _supported(factsOf(memberNo));
    }

    /// @inheritdoc ITierEngine
    function factsOf(uint64 memberNo) public view returns (Facts memory) {
        return _facts(memberNo, _storage().grades[memberNo]);
    }

    /// @inheritdoc ITierEngine
    function gradeOf(uint64 memberNo) external view returns (Grade memory) {
        return _storage().grades[memberNo];
    }

    /// @inheritdoc ITierEngine
    function requirementsOf(MemberTier tier) external pure returns (TierTable.Requirements memory) {
        return TierTable.requirements(tier);
    }

    /// @inheritdoc ITierEngine
    function missingFor(uint64 memberNo, MemberTier tier) external view returns (uint256 reasonBits) {
        Facts memory f = factsOf(memberNo);
        reasonBits = _missing(f, tier);
        if (f.points >= PROBATION_POINTS && tier > tierOf(memberNo)) reasonBits |= POINTS;
    }

    /// @inheritdoc ITierEngine
    function capabilitiesOf(uint64 memberNo) external view returns (Capabilities memory c) {
        MemberTier tier = tierOf(memberNo);
        uint32 validatorId = _validators.validatorOf(memberNo);
        TierTable.Terms memory terms = TierTable.terms(tier);
        IStakeVotes votes = _storage().votes;
        c.vote = address(votes) != address(0) && votes.holding(memberNo).units != 0;
        (c.minCommissionBps, c.maxCommissionBps) = (terms.minCommissionBps, terms.maxCommissionBps);
        c.slaBps = TierTable.requirements(tier).slaBps;
        c.minUptimeBps = TierTable.requirements(tier).minUptimeBps;
        if (validatorId == 0) return c;
        c.weightBps = ownStakeWeightBps(validatorId);
        c.proposeBlocks = isEligible(validatorId);
        IValidatorRegistry.Acceptance memory a = _validators.acceptance(validatorId);
        (c.capRatio, c.maxPositions) = (a.capRatio, a.maxPositions);
        c.acceptDelegation =
            a.capRatio != 0 &&
            a.jailedUntil == 0 &&
            !a.tombstoned &&
            _core.openCasesOf(validatorId) == 0;
    }

    /// @inheritdoc ITierEngine
    function isEligible(uint32 validatorId) public view returns (bool) {
        IValidatorRegistry.Validator memory v = _validators.validator(validatorId);
        return v.active && _atLiberty(v) && tierOf(v.memberNo) >= MemberTier.ActiveValidator;
    }

    /// @inheritdoc ITierEngine
    function ownStakeWeightBps(uint32 validatorId) public view returns (uint16) {
        IValidatorRegistry.Validator memory v = _validators.validator(validatorId);
        if (!_atLiberty(v)) return 0;
        MemberTier tier = tierOf(v.memberNo);
        if (tier == MemberTier.EnterpriseValidator) return _storage().parameters.enterpriseWeightBps;
        if (tier == MemberTier.GovernanceValidator) return _storage().parameters.governanceWeightBps;
        return ONE;
    }

    /// @inheritdoc ITierEngine
    function activeSetRoot() public view returns (bytes32) {
        return keccak256(abi.encode(activeSet()));
    }

    /// @inheritdoc ITierEngine
    function activeSet() public view returns (SetEntry[] memory entries) {
        entries = new SetEntry[](_validators.activeCount());
        uint256 length;
        uint32 count = _validators.validatorCount();
        for (uint32 id = 1; id <= count; ++id) {
            if (!isEligible(id)) continue;
            entries[length++] = SetEntry(id, _validators.validator(id).keyHash, _core.totalStakeOf(id));
        }
        assembly ("memory-safe") {
            mstore(entries, length)
        }
    }

    /// @inheritdoc ITierEngine
    function isActiveSet(bytes calldata encodedSet) external view returns (bool) {
        return keccak256(encodedSet) == activeSetRoot();
    }

    /// @inheritdoc ITierEngine
    function parameters() external view returns (Parameters memory) {
        return _storage().parameters;
    }

    /* STAGING */

    /// @dev The tier that the member should come to. Whoever is on probation does not rise.
    function _target(Facts memory f, Grade memory g) private view returns (MemberTier target) {
        target = _supported(f);
        if (f.points >= PROBATION_POINTS && target > g.tier) target = g.tier;
    }

    /// @dev Begins to wait for `target`, or corrects what is waited for without moving its time.
    function _stage(uint64 memberNo, Facts memory f, Grade memory g, MemberTier target) private {
        Parameters storage p = _storage().parameters;
        bool rises = target > g.tier;
        if (g.effectiveAt != 0) {
            // What was not announced waits for its own turn.
            if (target == g.staged || (rises && target > g.staged)) return;
        } else {
            if (rises && g.changedAt != 0 && block.timestamp < g.changedAt + p.interval) return;
            g.stagedAt = uint40(block.timestamp);
            g.effectiveAt = g.stagedAt + (rises ? p.promotionGrace : _graceLeft(g, p));
        }
        g.staged = target;
        emit TierStaged(memberNo, g.tier, target, _reasons(f, g.tier, target), g.effectiveAt);
    }

    /// @dev Grace of a demotion that begins now, less what cancelled ones used within the last interval.
    function _graceLeft(Grade memory g, Parameters storage p) private view returns (uint40) {
        if (block.timestamp >= g.cancelledAt + p.interval) g.graceUsed = 0;
        return p.demotionGrace > g.graceUsed ? p.demotionGrace - g.graceUsed : 0;
    }

    function _change(uint64 memberNo, Facts memory f, Grade memory g) private {
        MemberTier from = g.tier;
        g.tier = g.staged;
        g.changedAt = uint40(block.timestamp);
        (g.stagedAt, g.effectiveAt, g.cancelledAt, g.graceUsed) = (0, 0, 0, 0);
        emit TierChanged(memberNo, from, g.tier, _reasons(f, from, g.tier), g.changedAt);
    }

    function _cancel(uint64 memberNo, Grade memory g) private {
        if (g.staged < g.tier) {
            uint256 used = block.timestamp - g.stagedAt + g.graceUsed;
            g.graceUsed = uint32(used < LONGEST ? used : LONGEST);
            g.cancelledAt = uint40(block.timestamp);
        }
        emit TierStagingCancelled(memberNo, g.tier, g.staged);
        (g.staged, g.stagedAt, g.effectiveAt) = (g.tier, 0, 0);
    }

    /// @dev A point per epoch below the promised uptime; a point less per 30 epochs without. Each epoch counts once.
    function _countBreaches(uint64 memberNo, Facts memory f, Grade memory g) private {
        IPerformanceOracle.Record memory r = _oracle.recordOf(f.validatorId);
        uint256 fresh = (r.reports + UptimeRing.TURNS - g.reports) % UptimeRing.TURNS;
        if (fresh > r.uptimes.length) fresh = r.uptimes.length;
        g.reports = r.reports;
        uint16 slaBps = TierTable.requirements(g.tier).slaBps;
        uint256 breaches;
        for (uint256 i = fresh; i > 0; --i) {
            if (r.uptimes[i - 1] < slaBps) {
                ++breaches;
                if (g.points < type(uint8).max) ++g.points;
                g.clean = 0;
            } else if (g.points != 0 && ++g.clean == EPOCHS_PER_POINT) {
                --g.points;
                g.clean = 0;
            }
        }
        if (g.points != f.points || breaches != 0) {
            emit PenaltyPointsChanged(memberNo, f.validatorId, breaches, g.points);
        }
        f.points = g.points;
    }

    /* FACTS */

    function _facts(uint64 memberNo, Grade memory g) private view returns (Facts memory f) {
        f.status = _members.statusOf(memberNo);
        f.kyc = _kyc.levelOf(memberNo);
        f.validatorId = _validators.validatorOf(memberNo);
        (f.points, f.genesis, f.governance) = (g.points, g.genesis, g.governance);
        IStakeVotes votes = _storage().votes;
        if (address(votes) != address(0)) f.delegated = votes.holding(memberNo).delegated;
        if (f.validatorId == 0) return f;
        f.selfStake = _core.selfStakeOf(f.validatorId);
        (f.uptimeBps, f.epochs) = _oracle.uptimeOf(f.validatorId);
    }

    function _supported(Facts memory f) private view returns (MemberTier) {
        for (uint8 i = uint8(type(MemberTier).max); i > 0; --i) {
            if (_missing(f, MemberTier(i)) == 0) return MemberTier(i);
        }
        return MemberTier.BasicUser;
    }

    function _missing(Facts memory f, MemberTier tier) private view returns (uint256 bits) {
        if (tier == MemberTier.BasicUser) return 0;
        TierTable.Requirements memory r = TierTable.requirements(tier);
        if (f.selfStake < r.minSelfStake || f.delegated < r.minDelegated) bits |= STAKE;
        if (f.kyc < r.minKyc) bits |= KYC;
        if (_lacksUptime(f, tier, r.minUptimeBps)) bits |= UPTIME;
        if (f.status == MemberStatus.None || f.status > MemberStatus.Suspended) bits |= STANDING;
        bool appointed = tier == MemberTier.GenesisValidator ? f.genesis : f.governance;
        if (r.appointment && !appointed) bits |= APPOINTMENT;
    }

    /// @dev Too few reports are no mean: they hold a validator below Active, and let it be a candidate.
    function _lacksUptime(Facts memory f, MemberTier tier, uint16 minUptimeBps) private view returns (bool) {
        if (f.epochs < _storage().parameters.minReports) return tier >= MemberTier.ActiveValidator;
        return f.epochs != 0 && f.uptimeBps < minUptimeBps;
    }

    /// @dev What `from` lacks, on the way down; what `to` asks for beyond `from`, on the way up.
    function _reasons(Facts memory f, MemberTier from, MemberTier to) private view returns (uint256 bits) {
        if (to < from) return _missing(f, from);
        TierTable.Requirements memory a = TierTable.requirements(from);
        TierTable.Requirements memory b = TierTable.requirements(to);
        if (b.minSelfStake > a.minSelfStake || b.minDelegated > a.minDelegated) bits |= STAKE;
        if (b.minKyc > a.minKyc) bits |= KYC;
        if (b.minUptimeBps > a.minUptimeBps) bits |= UPTIME;
        if (b.appointment) bits |= APPOINTMENT;
    }

    /// @dev Whether a slash was executed in the present jail: its unjailing makes the fraction whole again.
    function _wasSlashed(uint32 validatorId) private view returns (bool) {
        IStakingCore.ValStake memory s = _core.validatorStake(validatorId);
        return s.flags & 1 != 0 && s.keep < WAD;
    }

    function _atLiberty(IValidatorRegistry.Validator memory v) private view returns (bool) {
        return !v.tombstoned && v.jailedUntil == 0 && _members.statusOf(v.memberNo) == MemberStatus.Active;
    }

    /* INTERNALS */

    function _setParameters(Parameters calldata p) private {
        _requireRange(p.promotionGrace, 0, LONGEST);
        _requireRange(p.demotionGrace, 0, LONGEST);
        _requireRange(p.interval, 0, LONGEST);
        _requireRange(p.minReports, 0, MAX_REPORTS);
        _requireRange(p.enterpriseWeightBps, ONE, MAX_WEIGHT);
        _requireRange(p.governanceWeightBps, ONE, MAX_WEIGHT);
        _storage().parameters = p;
        emit ParametersChanged(p);
    }

    /// @dev A fault of the votes must not hold anybody's tier. Danger: a caller could starve the call of gas and leave the
    /// weight of a tier that is gone; so a failure is believed only of a call that was offered enough.
    function _tellVotes(uint64 memberNo) private {
        IStakeVotes votes = _storage().votes;
        if (address(votes) == address(0)) return;
        uint256 offered = gasleft();
        try votes.refresh(memberNo) {} catch {
            if (offered < VOTES_GAS) revert TierEngine_GasTooLow(offered, VOTES_GAS);
            emit VotesNotTold(memberNo);
        }
    }

    function _requireRange(uint256 value, uint256 lowest, uint256 highest) private pure {
        if (value < lowest || value > highest) revert TierEngine_OutOfRange(value, lowest, highest);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
