// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {PoolMath} from "../libraries/PoolMath.sol";
import {TierTable} from "../libraries/TierTable.sol";
import {ITBurnToken} from "../token/ITBurnToken.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {Pool} from "../types/Pool.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IStakingCore} from "./IStakingCore.sol";
import {StakingLedger} from "./StakingLedger.sol";

/// @notice The verbs of staking; storage and views are in `StakingLedger`.
/// @dev Documented in `IStakingCore`.
contract StakingCore is StakingLedger, Managed, ReentrancyGuardTransient {
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

    ITBurnToken private immutable _token;
    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;

    modifier onlyVault() {
        if (msg.sender != _storage().vault) revert StakingCore_OnlyVault(msg.sender);
        _;
    }

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(ITBurnToken token, IMemberRegistry members, IKycRegistry kyc, IValidatorRegistry validators) {
        _token = token;
        _members = members;
        _kyc = kyc;
        _validators = validators;
    }

    function initialize(address authority_, Windows calldata windows_) external initializer {
        if (
            windows_.cohort == 0 ||
            windows_.epoch == 0 ||
            windows_.unbonding < MIN_UNBONDING_EPOCHS * windows_.epoch ||
            windows_.unbonding > MAX_UNBONDING_COHORTS * windows_.cohort
        ) revert StakingCore_BadWindows();
        __AccessManaged_init(authority_);
        _storage().windows = windows_;
    }

    /// @notice Names the reward vault, once, when the system is deployed.
    function connect(address vault) external restricted {
        Storage storage $ = _storage();
        if ($.vault != address(0)) revert StakingCore_AlreadyConnected();
        $.vault = vault;
    }

    /* OWN STAKE */

    /// @inheritdoc IStakingCore
    function depositSelf(uint32 validatorId, uint256 tokens) external nonReentrant {
        // Check: the owner of the validator, allowed to enter.
        if (tokens == 0) revert StakingCore_ZeroAmount();
        uint64 memberNo = _requireEntrant(KycLevel.Enhanced);
        if (_requireValidator(validatorId) != memberNo) revert StakingCore_NotOwner(validatorId, msg.sender);

        // Interaction: tokens first, so that stake is never ahead of the balance.
        _token.safeTransferFrom(msg.sender, address(this), tokens);

        // Effect: own stake grows.
        ValStake storage s = _stakeOf(validatorId);
        s.self = (uint256(s.self) + tokens).toUint112();
        emit TokensStaked(validatorId, memberNo, tokens);
    }

    /// @inheritdoc IStakingCore
    function requestSelfExit(uint32 validatorId, uint256 tokens) external nonReentrant returns (uint256 requestId) {
        // Check: the owner, and the stake is there.
        if (tokens == 0) revert StakingCore_ZeroAmount();
        uint64 memberNo = _requireValidator(validatorId);
        if (_members.memberNoOf(msg.sender) != memberNo) revert StakingCore_NotOwner(validatorId, msg.sender);
        ValStake storage s = _stakeOf(validatorId);
        if (tokens > s.self) revert StakingCore_InsufficientSelfStake(validatorId, s.self);

        // Effect: it stops counting and joins the day's cohort.
        s.self -= uint112(tokens);
        requestId = _exit(validatorId, memberNo, 0, RequestKind.SelfStake, tokens, 0, 0);
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
        requestId = _exit(p.val, p.owner, positionId, RequestKind.Delegation, tokens, shares, lienId);
    }

    /// @inheritdoc IStakingCore
    function redelegate(
        uint256 positionId,
        uint32 dst,
        uint256 minShares
    ) external nonReentrant returns (uint256 newPositionId) {
        // Check: the owner, allowed to enter the destination, carrying no lien from before.
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
        _openLien(m);

        // Effect: the same tokens count at the destination at once.
        newPositionId = _openPosition(p.owner, dst, _stakeOf(dst).del.gen);
        Position storage moved = _storage().positions[newPositionId];
        moved.lien = m.lienId;
        moved.unpaid = uint128(m.unpaid);
        m.sharesMinted = _enterPool(moved, m.tokens, minShares);
        _announce(positionId, newPositionId, p.owner, m);
    }

    /* EXITS */

    /// @inheritdoc IStakingCore
    function claim(uint256[] calldata requestIds) external nonReentrant returns (uint256 paid) {
        for (uint256 i; i < requestIds.length; ++i) {
            paid += _claim(requestIds[i]);
        }
    }

    /// @inheritdoc IStakingCore
    function settleLien(uint256 positionId) external nonReentrant {
        Storage storage $ = _storage();
        Position storage p = $.positions[positionId];
        uint64 lienId = p.lien;
        if (lienId == 0) revert StakingCore_NoLien(positionId);

        // Check: until the source's cohort matured, a slash may still raise what is owed.
        Lien memory l = $.liens[lienId];
        uint40 matures = $.cohorts[l.src][l.day].maturesAt;
        if (block.timestamp < matures) revert StakingCore_NotMature(positionId, matures);

        // Effect: the loss is taken from the position, capped by its value.
        _settle(p);
        uint256 owed = _owed(lienId);
        uint256 value = _valueOf(p);
        p.lien = 0;
        delete $.liens[lienId];
        uint256 burned;
        uint256 shares;
        if (owed != 0 && value != 0) {
            Pool memory pool = _load($.stakes[p.val].del);
            burned = owed < value ? owed : value;
            shares = burned == value ? p.shares : pool.toSharesUp(burned, p.shares);
            // The last holder's shares may not leave tokens without an owner.
            if (shares == pool.shares) burned = pool.tokens;
            pool.withdraw(burned, shares);
            _save($.stakes[p.val].del, pool);
            p.shares -= uint128(shares);
        }
        if (p.shares == 0) _closePosition(positionId, p);
        emit LienSettled(positionId, l.src, lienId, burned, shares);

        // Interaction: the loss burns.
        if (burned != 0) _token.burn(burned);
    }

    /* MANAGERS */

    /// @inheritdoc IStakingCore
    function slash(
        uint32 validatorId,
        uint40 tau,
        uint64 targetKeep
    ) external restricted nonReentrant returns (uint256 burned) {
        _requireValidator(validatorId);
        if (targetKeep >= WAD) revert StakingCore_BadTarget(targetKeep);

        // Effect: live stake, then each exit that was still at stake at `tau`.
        (uint256 self, uint256 delegated) = _slashLive(validatorId, targetKeep);
        uint256 unbonding = _slashCohorts(validatorId, tau, targetKeep);
        emit StakeSlashed(validatorId, tau, self, delegated, unbonding, targetKeep);

        // Interaction: the loss burns.
        burned = self + delegated + unbonding;
        if (burned != 0) _token.burn(burned);
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
    }

    /* INTERNALS: ENTERING */

    function _delegate(uint32 validatorId, uint256 tokens, uint256 minShares) private returns (uint256 positionId) {
        // Check: a member allowed to enter, at a validator that exists.
        if (tokens == 0) revert StakingCore_ZeroAmount();
        uint64 memberNo = _requireEntrant(KycLevel.Basic);
        Storage storage $ = _storage();

        // Interaction: tokens first, so that stake is never ahead of the balance.
        _token.safeTransferFrom(msg.sender, address(this), tokens);

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
    }

    /// @dev Adds tokens to a settled position, inside what the validator accepts.
    function _enterPool(Position storage p, uint256 tokens, uint256 minShares) private returns (uint256 shares) {
        uint32 validatorId = p.val;
        _requireValidator(validatorId);
        ValStake storage s = _stakeOf(validatorId);
        IValidatorRegistry.Acceptance memory terms = _validators.acceptance(validatorId, s.self);

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
    }

    function _exit(
        uint32 validatorId,
        uint64 memberNo,
        uint256 positionId,
        RequestKind kind,
        uint256 tokens,
        uint256 shares,
        uint64 lienId
    ) private returns (uint256 requestId) {
        (Cohort storage c, uint32 day) = _todaysCohort(validatorId);
        uint256 cohortShares;
        if (tokens != 0) {
            Request memory r = Request(memberNo, validatorId, day, kind, 0, lienId, 0);
            (requestId, cohortShares) = _queue(r, _poolOf(c, kind), tokens);
        } else if (lienId != 0) {
            // Nothing is left that could owe.
            delete _storage().liens[lienId];
        }
        emit TokensUnstaked(
            requestId,
            validatorId,
            memberNo,
            positionId,
            kind,
            day,
            tokens,
            shares,
            cohortShares,
            lienId,
            c.maturesAt
        );
    }

    function _queue(
        Request memory r,
        Pool storage stored,
        uint256 tokens
    ) private returns (uint256 requestId, uint256 cohortShares) {
        Pool memory pool = _load(stored);
        cohortShares = pool.deposit(tokens);
        _save(stored, pool);
        r.gen = pool.gen;
        r.shares = uint128(cohortShares);
        requestId = ++_storage().requestCount;
        _storage().requests[requestId] = r;
    }

    function _claim(uint256 requestId) private returns (uint256 paid) {
        Storage storage $ = _storage();
        Request memory r = $.requests[requestId];
        if (r.owner == 0) revert StakingCore_NoSuchRequest(requestId);
        Cohort storage c = $.cohorts[r.val][r.day];
        if (block.timestamp < c.maturesAt) revert StakingCore_NotMature(requestId, c.maturesAt);

        // Effect: the request takes its part of the cohort, less what a lien owes.
        Pool memory pool = _load(_poolOf(c, r.kind));
        uint256 tokens;
        if (pool.gen == r.gen) {
            tokens = pool.toTokensDown(r.shares);
            pool.withdraw(tokens, r.shares);
            _save(_poolOf(c, r.kind), pool);
        }
        uint256 owed = _owed(r.lien);
        uint256 burned = owed < tokens ? owed : tokens;
        delete $.requests[requestId];
        if (r.lien != 0) delete $.liens[r.lien];
        paid = tokens - burned;
        address to = _members.payoutOf(r.owner);
        emit UnstakeClaimed(requestId, r.owner, r.val, tokens, burned, to);

        // Interaction: the payout address, whoever called.
        if (burned != 0) _token.burn(burned);
        if (paid != 0) _token.safeTransfer(to, paid);
    }

    function _openLien(Move memory m) private {
        Storage storage $ = _storage();
        Cohort storage c;
        (c, m.day) = _todaysCohort(m.src);
        Pool memory pool = _load(c.redel);
        m.cohortShares = pool.deposit(m.tokens);
        _save(c.redel, pool);
        m.lienId = ++$.lienCount;
        $.liens[m.lienId] = Lien(m.src, m.day, pool.gen, uint128(m.cohortShares), uint112(m.tokens));
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

    /* INTERNALS: SLASHING */

    function _slashLive(uint32 validatorId, uint64 targetKeep) private returns (uint256 self, uint256 delegated) {
        Storage storage $ = _storage();
        ValStake storage s = _stakeOf(validatorId);
        uint256 keep = s.keep;
        if (targetKeep >= keep) return (0, 0);
        Pool memory pool = _load(s.del);
        uint16 gen = pool.gen;
        bool wiped;
        (delegated, wiped) = pool.slash(targetKeep, keep);
        self = s.self - (uint256(s.self) * targetKeep) / keep;
        _save(s.del, pool);
        s.self -= uint112(self);
        s.keep = targetKeep;
        if (wiped) {
            $.finalAccumulators[validatorId][gen] = $.accumulators[validatorId];
            // Void positions must not take the places of new ones.
            s.nPos = 0;
            emit PoolWiped(validatorId, 0, 0, pool.gen);
        }
    }

    /// @dev Walks from the day of the fault, or the oldest day that can be unmatured, to today. Days are bounded by
    /// unbonding ÷ cohort + 2.
    function _slashCohorts(uint32 validatorId, uint40 tau, uint64 targetKeep) private returns (uint256 unbonding) {
        Storage storage $ = _storage();
        uint32 today = dayOf(uint40(block.timestamp));
        uint256 span = $.windows.unbonding / $.windows.cohort + 1;
        // A fault cannot lie ahead; such a `tau` means now.
        uint256 day = tau < block.timestamp ? dayOf(tau) : today;
        if (day + span < today) day = today - span;
        for (; day <= today; ++day) {
            Cohort storage c = $.cohorts[validatorId][uint32(day)];
            uint256 keep = c.keep;
            // Unused, matured, or already slashed as hard.
            if (block.timestamp >= c.maturesAt || targetKeep >= keep) continue;
            unbonding += _slashCohort(validatorId, uint32(day), c, targetKeep, keep);
        }
    }

    function _slashCohort(
        uint32 validatorId,
        uint32 day,
        Cohort storage c,
        uint64 targetKeep,
        uint256 keep
    ) private returns (uint256) {
        c.keep = targetKeep;
        uint256 del = _slashBucket(validatorId, day, 1, c.del, targetKeep, keep);
        uint256 self = _slashBucket(validatorId, day, 2, c.self_, targetKeep, keep);
        uint256 redel = _slashBucket(validatorId, day, 3, c.redel, targetKeep, keep);
        emit CohortSlashed(validatorId, day, del, self, redel, targetKeep);
        return del + self;
    }

    function _slashBucket(
        uint32 validatorId,
        uint32 day,
        uint8 bucket,
        Pool storage stored,
        uint256 target,
        uint256 keep
    ) private returns (uint256 burned) {
        Pool memory pool = _load(stored);
        if (pool.shares == 0) return 0;
        bool wiped;
        (burned, wiped) = pool.slash(target, keep);
        _save(stored, pool);
        if (wiped) emit PoolWiped(validatorId, day, bucket, pool.gen);
    }

    /* INTERNALS: CHECKS */

    function _requireEntrant(KycLevel needed) private view returns (uint64 memberNo) {
        MemberStatus status;
        (memberNo, status) = _members.standing(msg.sender);
        if (memberNo == 0) revert StakingCore_NotMember(msg.sender);
        if (status == MemberStatus.Pending || status > MemberStatus.Inactive) {
            revert StakingCore_MemberNotActive(memberNo);
        }
        KycLevel level = _kyc.levelOf(memberNo);
        if (level < needed) revert StakingCore_KycInsufficient(uint8(level), uint8(needed));
    }

    function _requireOwner(uint256 positionId) private view returns (Position storage p) {
        p = _storage().positions[positionId];
        if (p.owner == 0 || _members.memberNoOf(msg.sender) != p.owner) {
            revert StakingCore_NotOwner(positionId, msg.sender);
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
