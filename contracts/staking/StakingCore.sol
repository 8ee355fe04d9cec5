// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IStakeVotes} from "../governance/IStakeVotes.sol";
import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {PoolMath} from "../libraries/PoolMath.sol";
import {TierTable} from "../libraries/TierTable.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {IBondingGuard} from "../slashing/IBondingGuard.sol";
import {Sponsored} from "../sponsoring/Sponsored.sol";
import {ITBurnToken} from "../token/ITBurnToken.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {Pool} from "../types/Pool.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IStakingCore} from "./IStakingCore.sol";
import {StakeExits} from "./StakeExits.sol";
import {StakeSlashing} from "./StakeSlashing.sol";
import {StakingLedger} from "./StakingLedger.sol";

/// @notice The verbs of staking; storage and views are in `StakingLedger`, cohorts in `StakeExits`, slashes in
/// `StakeSlashing`.
/// @dev Documented in `IStakingCore`.
contract StakingCore is StakingLedger, Managed, Sponsored, ReentrancyGuardTransient {
    using PoolMath for Pool;
    using SafeCast for uint256;
    using SafeERC20 for ITBurnToken;

    /// @dev A redelegation on its way from one pool to the other.
    struct Move {
        uint32 src;
        uint32 dst;
        uint32 day;
        uint64 lienId;
        uint256 tokens;
        uint256 sharesBurned;
        uint256 sharesMinted;
        uint256 cohortShares;
        uint256 unpaid;
    }

    /// @dev Smallest delegation, and smallest rest of a partial exit (seed §4).
    uint256 private constant MIN_DELEGATION = 100e18;
    /// @dev Epochs that an unbonding must outlast, so that visiting for one reward does not pay.
    uint256 private constant MIN_UNBONDING_EPOCHS = 7;
    /// @dev Cohorts that an unbonding may span: a slash walks at most two more, whatever the windows.
    uint256 private constant MAX_UNBONDING_COHORTS = 28;
    /// @dev Most that a slash may hand to its manager for bounty and insurance, basis points.
    uint16 private constant MAX_RETAINED_BPS = 3_000;
    /// @dev Gas that the votes must have been offered before their failure is believed: twice what they ever need.
    uint256 private constant VOTES_GAS = 700_000;

    ITBurnToken private immutable _token;
    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;

    modifier onlyVault() {
        if (msg.sender != _storage().vault) revert StakingCore_OnlyVault(msg.sender);
        _;
    }

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(
        ITBurnToken token,
        IMemberRegistry members,
        IKycRegistry kyc,
        IValidatorRegistry validators,
        address forwarder
    ) Sponsored(forwarder) {
        _token = token;
        _members = members;
        _kyc = kyc;
        _validators = validators;
    }

    function initialize(address authority_, Windows calldata windows_) external initializer {
        if (windows_.cohort == 0 || windows_.epoch == 0) revert StakingCore_BadWindows();
        _requireUnbonding(windows_.unbonding, windows_.cohort, windows_.epoch);
        __AccessManaged_init(authority_);
        _storage().windows = windows_;
    }

    /// @notice Names the contracts that stand above, once, when the system is deployed.
    /// @param guards Contracts whose processes must end before stake can leave.
    function connect(
        address vault,
        IStakeVotes votes,
        IProtocolPause pause,
        IBondingGuard[] calldata guards
    ) external restricted {
        Storage storage $ = _storage();
        if ($.vault != address(0)) revert StakingCore_AlreadyConnected();
        $.vault = vault;
        $.votes = votes;
        $.pause = pause;
        $.guards = guards;
    }

    /// @inheritdoc IStakingCore
    function setUnbonding(uint40 unbonding) external restricted {
        Storage storage $ = _storage();
        _requireUnbonding(unbonding, $.windows.cohort, $.windows.epoch);
        for (uint256 i; i < $.guards.length; ++i) {
            uint40 longest = $.guards[i].longestSeconds();
            if (unbonding < longest) revert StakingCore_BondingTooShort(unbonding, longest);
        }

        // Effect: in force once everything that began under the old value has ended, from the next cohort on: exits of
        // one cohort mature together, so all of them must begin under one value.
        uint40 current = _unbonding();
        uint40 cohort = $.windows.cohort;
        $.windows.unbonding = current;
        $.nextUnbonding = unbonding;
        $.nextUnbondingAt = ((uint40(block.timestamp) + current + cohort - 1) / cohort) * cohort;
        emit UnbondingScheduled(current, unbonding, $.nextUnbondingAt);
    }

    /* OWN STAKE */

    /// @inheritdoc IStakingCore
    function depositSelf(uint32 validatorId, uint256 tokens) external nonReentrant {
        // Check: the owner of the validator, allowed to enter.
        _pause().requireOpen(IProtocolPause.Scope.Entry);
        if (tokens == 0) revert StakingCore_ZeroAmount();
        uint64 memberNo = _requireEntrant(KycLevel.Enhanced);
        if (_requireValidator(validatorId) != memberNo) revert StakingCore_NotOwner(validatorId, _actor());

        // Interaction: tokens first, so that stake is never ahead of the balance.
        _token.safeTransferFrom(_actor(), address(this), tokens);

        // Effect: own stake grows.
        ValStake storage s = _stakeOf(validatorId);
        s.self = (uint256(s.self) + tokens).toUint112();
        _gain(tokens);
        emit TokensStaked(validatorId, memberNo, tokens);
        _touchSelf(memberNo, s.self);
    }

    /// @inheritdoc IStakingCore
    function requestSelfExit(uint32 validatorId, uint256 tokens) external nonReentrant returns (uint256 requestId) {
        // Check: the owner, and the stake is there.
        _pause().requireOpen(IProtocolPause.Scope.Exit);
        if (tokens == 0) revert StakingCore_ZeroAmount();
        uint64 memberNo = _requireValidator(validatorId);
        if (_members.memberNoOf(_actor()) != memberNo) revert StakingCore_NotOwner(validatorId, _actor());
        ValStake storage s = _stakeOf(validatorId);
        if (tokens > s.self) revert StakingCore_InsufficientSelfStake(validatorId, s.self);

        // Effect: it stops counting and joins the day's cohort.
        s.self -= uint112(tokens);
        _lose(tokens);
        requestId = _exit(StakeExits.Exit(validatorId, memberNo, 0, RequestKind.SelfStake, 0, tokens, 0));
        _touchSelf(memberNo, s.self);
    }

    /* DELEGATION */

    /// @inheritdoc IStakingCore
    function delegate(uint32 validatorId, uint256 tokens, uint256 minShares) external nonReentrant returns (uint256) {
        return _delegate(validatorId, tokens, minShares);
    }

    /// @inheritdoc IStakingCore
    function delegateWithPermit(
        uint32 validatorId,
        uint256 tokens,
        uint256 minShares,
        PermitParams calldata permit
    ) external nonReentrant returns (uint256) {
        try
            _token.permit(msg.sender, address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s)
        {} catch {
            // Somebody may have submitted the permit first; the transfer decides.
        }
        return _delegate(validatorId, tokens, minShares);
    }

    /// @inheritdoc IStakingCore
    function undelegate(
        uint256 positionId,
        uint256 shares,
        uint256 minTokens
    ) external nonReentrant returns (uint256 requestId) {
        // Check: the owner, and a whole exit if a lien or the minimum asks for it.
        _pause().requireOpen(IProtocolPause.Scope.Exit);
        Position storage p = _requireOwner(positionId);
        uint256 held = p.shares;
        if (shares == 0) revert StakingCore_ZeroAmount();
        if (shares > held) revert StakingCore_InsufficientShares(positionId, held);
        uint64 lienId = p.lien;
        if (lienId != 0 && shares != held) revert StakingCore_LienActive(positionId, lienId);

        // Effect: shares leave the pool.
        _settle(p);
        uint256 tokens = _leavePool(p, shares);
        if (tokens < minTokens) revert StakingCore_Slippage(tokens, minTokens);
        if (shares == held) {
            _closePosition(positionId, p);
        } else {
            p.shares = uint128(held - shares);
            uint256 rest = _valueOf(p);
            if (rest < MIN_DELEGATION) revert StakingCore_BelowMinimum(rest, MIN_DELEGATION);
        }

        // Effect: what they were worth joins the day's cohort.
        requestId = _exit(StakeExits.Exit(p.val, p.owner, lienId, RequestKind.Delegation, positionId, tokens, shares));
        _touch(positionId, p);
    }

    /// @inheritdoc IStakingCore
    function redelegate(
        uint256 positionId,
        uint32 dst,
        uint256 minShares
    ) external nonReentrant returns (uint256 newPositionId) {
        // Check: the owner, allowed to enter the destination, carrying no lien from before.
        _pause().requireOpen(IProtocolPause.Scope.Redelegation);
        Position storage p = _requireOwner(positionId);
        _requireEntrant(KycLevel.Basic);
        if (p.val == dst) revert StakingCore_SameValidator(dst);
        if (p.lien != 0) revert StakingCore_LienActive(positionId, p.lien);
        if (p.shares == 0) revert StakingCore_InsufficientShares(positionId, 0);

        // Effect: the position leaves its pool with the rewards it has earned.
        _settle(p);
        Move memory m;
        m.src = p.val;
        m.dst = dst;
        m.sharesBurned = p.shares;
        m.unpaid = p.unpaid;
        m.tokens = _leavePool(p, m.sharesBurned);
        p.unpaid = 0;
        _closePosition(positionId, p);

        // Effect: the source's cohort remembers what stays at risk.
        (m.lienId, m.day, m.cohortShares) = StakeExits.openLien(_storage(), m.src, m.tokens, _unbonding());

        // Effect: the same tokens count at the destination at once.
        newPositionId = _openPosition(p.owner, dst, _stakeOf(dst).del.gen);
        Position storage moved = _storage().positions[newPositionId];
        moved.lien = m.lienId;
        moved.unpaid = uint128(m.unpaid);
        m.sharesMinted = _enterPool(moved, m.tokens, minShares);
        _announce(positionId, newPositionId, p.owner, m);
        _touch(positionId, p);
        _touch(newPositionId, moved);
    }

    /* EXITS */

    /// @inheritdoc IStakingCore
    function claim(uint256[] calldata requestIds) external nonReentrant returns (uint256 paid) {
        uint40 tolled = _pause().claimClock();
        bool found;
        for (uint256 i; i < requestIds.length; ++i) {
            uint64 memberNo = _storage().requests[requestIds[i]].owner;
            // Somebody else may have claimed some of them meanwhile.
            if (memberNo == 0) continue;
            found = true;
            address to = _members.payableTo(memberNo);
            (uint256 tokens, uint256 burned) = StakeExits.claim(_storage(), requestIds[i], tolled, to);
            paid += tokens;

            // Interaction: the payout address, whoever called.
            if (burned != 0) _token.burn(burned);
            if (tokens != 0) _token.safeTransfer(to, tokens);
        }
        if (!found) revert StakingCore_NoSuchRequest(requestIds.length == 0 ? 0 : requestIds[0]);
    }

    /// @inheritdoc IStakingCore
    function settleLien(uint256 positionId) external nonReentrant {
        Position storage p = _storage().positions[positionId];
        if (p.lien == 0) revert StakingCore_NoLien(positionId);
        _settle(p);
        uint256 burned = StakeSlashing.settleLien(_storage(), positionId, _pause().tolledSeconds());
        if (p.shares == 0) _closePosition(positionId, p);
        _touch(positionId, p);

        // Interaction: the loss burns.
        if (burned != 0) _token.burn(burned);
    }

    /* MANAGERS */

    /// @inheritdoc IStakingCore
    function slash(
        uint32 validatorId,
        uint40 tau,
        uint64 targetKeep,
        uint16 retainedBps
    ) external restricted nonReentrant returns (uint256 taken, uint256 retained) {
        uint64 memberNo = _requireValidator(validatorId);
        if (targetKeep >= WAD) revert StakingCore_BadTarget(targetKeep);
        if (retainedBps > MAX_RETAINED_BPS) revert StakingCore_RetainsTooMuch(retainedBps, MAX_RETAINED_BPS);

        // Effect: live stake, then each exit that was still at stake at `tau`.
        ValStake storage s = _stakeOf(validatorId);
        taken = StakeSlashing.slash(_storage(), validatorId, tau, targetKeep);
        _touchSelf(memberNo, s.self);

        // Interaction: the caller's part for bounty and insurance, the rest burns.
        retained = (taken * retainedBps) / 10_000;
        if (taken != retained) _token.burn(taken - retained);
        if (retained != 0) _token.safeTransfer(msg.sender, retained);
    }

    /// @inheritdoc IStakingCore
    function openCase(uint32 validatorId) external restricted {
        _requireValidator(validatorId);
        emit OpenCasesChanged(validatorId, ++_stakeOf(validatorId).openCases);
    }

    /// @inheritdoc IStakingCore
    function closeCase(uint32 validatorId) external restricted {
        ValStake storage s = _stakeOf(validatorId);
        if (s.openCases == 0) revert StakingCore_NoOpenCase(validatorId);
        emit OpenCasesChanged(validatorId, --s.openCases);
    }

    /// @inheritdoc IStakingCore
    function resetKeep(uint32 validatorId) external {
        if (msg.sender != address(_validators)) revert StakingCore_OnlyRegistry(msg.sender);
        _stakeOf(validatorId).keep = WAD;
        // Today's cohort takes exits of both periods. Kept at the old fraction, it would shelter the new ones.
        _storage().cohorts[validatorId][dayOf(uint40(block.timestamp))].keep = WAD;
        emit KeepReset(validatorId);
    }

    /* REWARD VAULT */

    /// @inheritdoc IStakingCore
    function accrue(uint32 validatorId, uint256 net) external onlyVault returns (uint256 accumulatorRay) {
        Storage storage $ = _storage();
        accumulatorRay = $.accumulators[validatorId];
        uint256 shares = $.stakes[validatorId].del.shares;
        if (shares == 0) return accumulatorRay;
        uint256 scaled = net * RAY + $.carries[validatorId];
        accumulatorRay += scaled / shares;
        $.accumulators[validatorId] = accumulatorRay;
        $.carries[validatorId] = scaled % shares;
    }

    /// @inheritdoc IStakingCore
    function takeRewards(uint256 positionId) external onlyVault returns (uint256 amount, uint64 memberNo) {
        Position storage p = _storage().positions[positionId];
        _settle(p);
        amount = p.unpaid;
        memberNo = p.owner;
        p.unpaid = 0;
    }

    /// @inheritdoc IStakingCore
    function compound(uint256 positionId, uint256 tokens, uint256 minShares) external onlyVault nonReentrant {
        Position storage p = _storage().positions[positionId];
        if (p.shares == 0 || p.gen != _stakeOf(p.val).del.gen) revert StakingCore_InsufficientShares(positionId, 0);
        uint256 shares = _enterPool(p, tokens, minShares);
        emit StakeDelegated(positionId, p.val, p.owner, tokens, shares);
        _touch(positionId, p);
    }

    /* INTERNALS: ENTERING */

    function _delegate(uint32 validatorId, uint256 tokens, uint256 minShares) private returns (uint256 positionId) {
        // Check: a member allowed to enter, at a validator that exists.
        _pause().requireOpen(IProtocolPause.Scope.Entry);
        if (tokens == 0) revert StakingCore_ZeroAmount();
        uint64 memberNo = _requireEntrant(KycLevel.Basic);
        Storage storage $ = _storage();

        // Interaction: tokens first, so that stake is never ahead of the balance.
        _token.safeTransferFrom(_actor(), address(this), tokens);

        // Effect: add to the member's position, or open one.
        positionId = $.positionOf[memberNo][validatorId];
        uint16 gen = $.stakes[validatorId].del.gen;
        if (positionId == 0 || $.positions[positionId].gen != gen) {
            positionId = _openPosition(memberNo, validatorId, gen);
            $.positionOf[memberNo][validatorId] = positionId;
        }
        Position storage p = $.positions[positionId];
        _settle(p);
        uint256 shares = _enterPool(p, tokens, minShares);
        emit StakeDelegated(positionId, validatorId, memberNo, tokens, shares);
        _touch(positionId, p);
    }

    /// @dev Adds tokens to a settled position, inside what the validator accepts.
    function _enterPool(Position storage p, uint256 tokens, uint256 minShares) private returns (uint256 shares) {
        uint32 validatorId = p.val;
        _requireValidator(validatorId);
        ValStake storage s = _stakeOf(validatorId);
        IValidatorRegistry.Acceptance memory terms = _validators.acceptance(validatorId);

        // Check: the validator is at liberty.
        if (terms.tombstoned) revert StakingCore_Tombstoned(validatorId);
        if (terms.jailedUntil != 0) revert StakingCore_ValidatorJailed(validatorId, terms.jailedUntil);
        if (s.openCases != 0) revert StakingCore_OpenCase(validatorId);
        if (s.nPos > terms.maxPositions) revert StakingCore_TooManyPositions(terms.maxPositions);

        // Effect: shares at the pool's present rate.
        Pool memory pool = _load(s.del);
        shares = pool.deposit(tokens);
        if (shares == 0 || shares < minShares) revert StakingCore_Slippage(shares, minShares);
        p.shares = (uint256(p.shares) + shares).toUint128();
        _save(s.del, pool);
        _gain(tokens);

        // Check: large enough to count, small enough for the validator's own stake.
        uint256 minimum = terms.minDelegation > MIN_DELEGATION ? terms.minDelegation : MIN_DELEGATION;
        uint256 value = pool.toTokensDown(p.shares);
        // One unit below is rounding, not too small a delegation.
        if (value + 1 < minimum) revert StakingCore_BelowMinimum(value, minimum);
        if (terms.capRatio != TierTable.UNLIMITED_RATIO) {
            uint256 capacity = uint256(s.self) * terms.capRatio;
            if (pool.tokens > capacity) revert StakingCore_CapExceeded(pool.tokens, capacity);
        }
    }

    /* INTERNALS: LEAVING */

    /// @dev Takes `shares` of a settled position out of its pool; worth nothing if the generation was wiped.
    function _leavePool(Position storage p, uint256 shares) private returns (uint256 tokens) {
        Pool memory pool = _load(_stakeOf(p.val).del);
        if (pool.gen != p.gen) return 0;
        tokens = pool.toTokensDown(shares);
        pool.withdraw(tokens, shares);
        _save(_stakeOf(p.val).del, pool);
        _lose(tokens);
    }

    function _exit(StakeExits.Exit memory e) private returns (uint256 requestId) {
        return StakeExits.open(_storage(), e, _unbonding());
    }

    function _announce(uint256 positionId, uint256 newPositionId, uint64 memberNo, Move memory m) private {
        emit Redelegated(
            positionId,
            newPositionId,
            memberNo,
            m.src,
            m.dst,
            m.lienId,
            m.day,
            m.tokens,
            m.sharesBurned,
            m.sharesMinted,
            m.cohortShares,
            m.unpaid
        );
    }

    /* INTERNALS: VOTES */

    /// @dev Tells the votes what a position is worth now.
    function _touch(uint256 positionId, Position storage p) private {
        uint256 value = _valueOf(p);
        uint256 offered = gasleft();
        try _storage().votes.touchPosition(positionId, p.owner, value) {} catch {
            _missed(positionId, offered);
        }
    }

    function _touchSelf(uint64 memberNo, uint256 self) private {
        uint256 offered = gasleft();
        try _storage().votes.touchSelf(memberNo, self) {} catch {
            _missed(0, offered);
        }
    }

    /// @dev A fault of the votes must not hold anybody's stake. Danger: a caller could starve the call of gas and keep
    /// votes for stake that left. What is left afterwards proves nothing, because each call frame below keeps a 64th and
    /// hands it back when it reverts; what was offered does.
    function _missed(uint256 positionId, uint256 offered) private {
        if (offered < VOTES_GAS) revert StakingCore_GasTooLow(offered, VOTES_GAS);
        emit VotesNotTold(positionId);
    }

    function _pause() private view returns (IProtocolPause) {
        return _storage().pause;
    }

    /* INTERNALS: CHECKS */

    function _requireEntrant(KycLevel needed) private view returns (uint64 memberNo) {
        MemberStatus status;
        (memberNo, status) = _members.standing(_actor());
        if (memberNo == 0) revert StakingCore_NotMember(_actor());
        if (status == MemberStatus.Pending || status > MemberStatus.Inactive) {
            revert StakingCore_MemberNotActive(memberNo);
        }
        KycLevel level = _kyc.levelOf(memberNo);
        if (level < needed) revert StakingCore_KycInsufficient(uint8(level), uint8(needed));
    }

    function _requireUnbonding(uint256 unbonding, uint256 cohort, uint256 epoch) private pure {
        if (unbonding < MIN_UNBONDING_EPOCHS * epoch || unbonding > MAX_UNBONDING_COHORTS * cohort) {
            revert StakingCore_BadWindows();
        }
    }

    function _requireOwner(uint256 positionId) private view returns (Position storage p) {
        p = _storage().positions[positionId];
        if (p.owner == 0 || _members.memberNoOf(_actor()) != p.owner) {
            revert StakingCore_NotOwner(positionId, _actor());
        }
    }

    function _requireValidator(uint32 validatorId) private view returns (uint64 memberNo) {
        memberNo = _validators.memberNoOf(validatorId);
        if (memberNo == 0) revert StakingCore_NoSuchValidator(validatorId);
    }

    /// @dev A validator's fraction starts at one; zero means that everything was slashed.
    function _stakeOf(uint32 validatorId) private returns (ValStake storage s) {
        s = _storage().stakes[validatorId];
        if (s.flags & STARTED == 0) {
            s.flags |= STARTED;
            s.keep = WAD;
        }
    }
}
