// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Pool} from "../types/Pool.sol";

/// @notice Holds all stake: own stake, delegations, exits by day, liens of redelegations, and the arithmetic of slashing.
/// @dev Every operation is O(1) in the number of delegators. Amounts are base units. Entering asks for membership,
/// KYC and room at the validator; leaving asks for nothing but the owner's signature.
interface IStakingCore {
    /// @param unbonding Seconds from the end of a cohort to its maturity.
    /// @param cohort Seconds that one exit cohort ("day") spans.
    /// @param epoch Seconds of a reward epoch; `unbonding ≥ 7 · epoch` keeps stake from visiting for one reward.
    struct Windows {
        uint40 unbonding;
        uint40 cohort;
        uint40 epoch;
    }

    /// @param del Delegated pool.
    /// @param self Own stake of the validator.
    /// @param keep Fraction (1e18) that slashes of this jail period have left; starts at 1e18.
    /// @param nPos Open delegations of the pool's present generation.
    /// @param openCases Slashing cases that are not closed.
    /// @param flags Bit 0: the validator has been used; the rest is reserved.
    struct ValStake {
        Pool del;
        uint112 self;
        uint64 keep;
        uint32 nPos;
        uint16 openCases;
        uint32 flags;
    }

    /// @param owner Member number, so that a change of keys moves nothing.
    /// @param gen Generation of the pool in which `shares` count.
    /// @param lien Lien that a redelegation left; 0 if none.
    /// @param unpaid Rewards settled and not paid.
    /// @param accPaid Accumulator (RAY per share) up to which rewards are settled.
    struct Position {
        uint64 owner;
        uint32 val;
        uint16 gen;
        uint64 lien;
        uint40 since;
        uint128 shares;
        uint128 unpaid;
        uint256 accPaid;
    }

    /// @notice All that leaves one validator on one day matures, and is slashed, together.
    /// @param del Exits of delegations.
    /// @param self_ Exits of own stake.
    /// @param redel Tokens redelegated that day: virtual, they measure what a later slash would have taken.
    /// @param tollAt Seconds that slashing had stood still when the cohort was first used; later ones delay its maturity.
    struct Cohort {
        Pool del;
        Pool self_;
        Pool redel;
        uint40 maturesAt;
        uint40 tollAt;
        uint64 keep;
    }

    enum RequestKind {
        Delegation,
        SelfStake
    }

    struct Request {
        uint64 owner;
        uint32 val;
        uint32 day;
        RequestKind kind;
        uint16 gen;
        uint64 lien;
        uint128 shares;
    }

    struct Lien {
        uint32 src;
        uint32 day;
        uint16 gen;
        uint128 redelShares;
        uint112 base;
    }

    /// @notice Signature of an ERC-2612 permit for this contract.
    struct PermitParams {
        uint256 value;
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    // -- Events --

    /// @notice The validator's own stake grew by `tokens`.
    event TokensStaked(uint32 indexed validatorId, uint64 indexed memberNo, uint256 tokens);

    /// @notice `tokens` began to count for `validatorId` as `shares` of its pool.
    event StakeDelegated(
        uint256 indexed positionId,
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        uint256 tokens,
        uint256 shares
    );

    /// @notice `tokens` joined the exit cohort `day`. `positionId` and `shares` are 0 for own stake.
    event TokensUnstaked(
        uint256 indexed requestId,
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        uint256 positionId,
        RequestKind kind,
        uint32 day,
        uint256 tokens,
        uint256 shares,
        uint256 cohortShares,
        uint64 lienId,
        uint40 maturesAt
    );

    /// @notice `tokens` left the cohort; of them `lienBurned` were owed and burned, the rest went `to` the payout address.
    event UnstakeClaimed(
        uint256 indexed requestId,
        uint64 indexed memberNo,
        uint32 indexed validatorId,
        uint256 tokens,
        uint256 lienBurned,
        address to
    );

    /// @notice A position moved from `src` to `dst` and carries `lienId` until the cohort `day` of `src` matures.
    event Redelegated(
        uint256 indexed positionId,
        uint256 indexed newPositionId,
        uint64 indexed memberNo,
        uint32 src,
        uint32 dst,
        uint64 lienId,
        uint32 day,
        uint256 tokens,
        uint256 sharesBurned,
        uint256 sharesMinted,
        uint256 cohortShares,
        uint256 unpaid
    );

    event LienSettled(uint256 indexed positionId, uint32 indexed src, uint64 lienId, uint256 burned, uint256 shares);

    /// @notice A slash took `self`, `delegated` and `unbonding` tokens; cohorts are itemised by `CohortSlashed`.
    event StakeSlashed(
        uint32 indexed validatorId,
        uint40 tau,
        uint256 self,
        uint256 delegated,
        uint256 unbonding,
        uint64 keep
    );

    event CohortSlashed(
        uint32 indexed validatorId,
        uint32 indexed day,
        uint256 delegated,
        uint256 self,
        uint256 redel,
        uint64 keep
    );

    /// @notice So little remained that a pool's shares became void. Bucket 0 live pool, 1 del, 2 self, 3 redel of `day`.
    event PoolWiped(uint32 indexed validatorId, uint32 day, uint8 bucket, uint16 gen);

    event KeepReset(uint32 indexed validatorId);

    event OpenCasesChanged(uint32 indexed validatorId, uint16 openCases);

    /// @notice Exits from `effectiveAt` on mature after `to` seconds instead of `from`.
    event UnbondingScheduled(uint40 from, uint40 to, uint40 effectiveAt);

    /// @notice The votes failed to hear of a change of the position (0: of own stake); `sync` or `refresh` mends it.
    event VotesNotTold(uint256 indexed positionId);

    // -- Errors --

    error StakingCore_NoSuchValidator(uint32 validatorId);
    error StakingCore_NotMember(address caller);
    error StakingCore_MemberNotActive(uint64 memberNo);
    error StakingCore_KycInsufficient(uint8 level, uint8 needed);
    error StakingCore_NotOwner(uint256 id, address caller);
    error StakingCore_BelowMinimum(uint256 tokens, uint256 minimum);
    error StakingCore_Slippage(uint256 got, uint256 wanted);
    error StakingCore_CapExceeded(uint256 delegated, uint256 capacity);
    error StakingCore_TooManyPositions(uint32 maximum);
    error StakingCore_OpenCase(uint32 validatorId);
    error StakingCore_ValidatorJailed(uint32 validatorId, uint40 until);
    error StakingCore_Tombstoned(uint32 validatorId);
    error StakingCore_InsufficientShares(uint256 positionId, uint256 held);
    error StakingCore_InsufficientSelfStake(uint32 validatorId, uint256 held);
    error StakingCore_NoSuchRequest(uint256 requestId);
    error StakingCore_NotMature(uint256 requestId, uint40 maturesAt);
    error StakingCore_LienActive(uint256 positionId, uint64 lienId);
    error StakingCore_NoLien(uint256 positionId);
    error StakingCore_SameValidator(uint32 validatorId);
    error StakingCore_ZeroAmount();
    error StakingCore_BadWindows();
    error StakingCore_BadTarget(uint64 targetKeep);
    error StakingCore_OnlyVault(address caller);
    error StakingCore_OnlyRegistry(address caller);
    error StakingCore_AlreadyConnected();
    error StakingCore_NoOpenCase(uint32 validatorId);
    error StakingCore_RetainsTooMuch(uint16 bps, uint16 maximum);
    error StakingCore_BondingTooShort(uint40 unbonding, uint40 longest);
    error StakingCore_GasTooLow(uint256 offered, uint256 needed);

    // -- Own stake --

    /// @notice Adds to the validator's own stake. Only its owner, in good standing, with Enhanced KYC.
    function depositSelf(uint32 validatorId, uint256 tokens) external;

    /// @notice Moves own stake into today's exit cohort. Only the validator's owner; never refused otherwise.
    function requestSelfExit(uint32 validatorId, uint256 tokens) external returns (uint256 requestId);

    // -- Delegation --

    /// @notice Delegates `tokens`, adding to the caller's position at the validator if there is one.
    /// @param minShares Fewest shares accepted.
    function delegate(uint32 validatorId, uint256 tokens, uint256 minShares) external returns (uint256 positionId);

    /// @notice `delegate` with the allowance signed instead of sent.
    /// Warning: a permit can be submitted by anyone first; a failed permit is ignored if the allowance is there.
    function delegateWithPermit(
        uint32 validatorId,
        uint256 tokens,
        uint256 minShares,
        PermitParams calldata permit
    ) external returns (uint256 positionId);

    /// @notice Moves `shares` of a position into today's exit cohort.
    /// @param minTokens Fewest tokens accepted.
    /// @return requestId 0 if the position was worth nothing and only closed.
    function undelegate(uint256 positionId, uint256 shares, uint256 minTokens) external returns (uint256 requestId);

    /// @notice Moves a whole position to `dst` at once, under a lien for what a slash of the source would have taken.
    /// @dev The new position stands beside one that the member may have at `dst`: `positionOf` never names it, so that
    /// a later `delegate` does not put fresh tokens under the lien.
    function redelegate(uint256 positionId, uint32 dst, uint256 minShares) external returns (uint256 newPositionId);

    // -- Exits --

    /// @notice Pays matured requests to their owners' payout addresses. Anyone may call; requests claimed already are
    /// skipped, unless all were.
    /// @return paid Tokens paid in all.
    function claim(uint256[] calldata requestIds) external returns (uint256 paid);

    /// @notice Burns what a matured lien owes from the position and lifts the lien. Anyone may call.
    function settleLien(uint256 positionId) external;

    // -- Managers --

    /// @notice Leaves the fraction `targetKeep` of everything that was at stake at `tau`; the rest is handed over or burned.
    /// @dev Only the slasher role. Faults of one jail period count as the worst of them, not their product.
    /// @param tau Unix seconds of the fault; one that lies ahead counts as now.
    /// @param targetKeep 1e18-based, below 1e18.
    /// @param retainedBps Part of what is taken that goes to the caller for bounty and insurance, at most 3,000.
    /// @return taken Tokens taken now; redelegated tokens burn later through their liens.
    /// @return retained Part of `taken` sent to the caller; the rest burned.
    function slash(
        uint32 validatorId,
        uint40 tau,
        uint64 targetKeep,
        uint16 retainedBps
    ) external returns (uint256 taken, uint256 retained);

    /// @notice Counts a slashing case in or out. Only the slasher role.
    function openCase(uint32 validatorId) external;

    function closeCase(uint32 validatorId) external;

    /// @notice Starts a new jail period for live stake and for today's cohort. Only the validator registry.
    function resetKeep(uint32 validatorId) external;

    // -- Parameters --

    /// @notice Schedules another unbonding, in force from the first cohort after the present one has passed. Only the
    /// parameter role.
    /// @dev Never shorter than the longest process of any bonding guard (protocol §4, §6).
    function setUnbonding(uint40 unbonding) external;

    // -- Reward vault --

    /// @notice Spreads `net` over the pool's shares. Only the reward vault.
    /// @return accumulatorRay Accumulator after it.
    function accrue(uint32 validatorId, uint256 net) external returns (uint256 accumulatorRay);

    /// @notice Settles a position and hands its unpaid rewards over to be paid. Only the reward vault.
    function takeRewards(uint256 positionId) external returns (uint256 amount, uint64 memberNo);

    /// @notice Adds `tokens`, which the vault sent, to an existing position. Only the reward vault.
    function compound(uint256 positionId, uint256 tokens, uint256 minShares) external;

    // -- Views --

    /// @notice Windows in force.
    function windows() external view returns (Windows memory);

    /// @notice The shorter of the unbonding in force and the scheduled one.
    function shortestUnbonding() external view returns (uint40);

    /// @notice Own stake and delegations of all validators.
    function totalStake() external view returns (uint256);

    function validatorStake(uint32 validatorId) external view returns (ValStake memory);

    function selfStakeOf(uint32 validatorId) external view returns (uint256);

    function totalStakeOf(uint32 validatorId) external view returns (uint256);

    function stakesOf(uint32 validatorId) external view returns (uint256 self, uint256 delegated);

    function openCasesOf(uint32 validatorId) external view returns (uint16);

    function position(uint256 positionId) external view returns (Position memory);

    function positionOf(uint64 memberNo, uint32 validatorId) external view returns (uint256 positionId);

    function positionValue(uint256 positionId) external view returns (uint256 tokens);

    function pendingRewards(uint256 positionId) external view returns (uint256);

    function accumulatorOf(uint32 validatorId) external view returns (uint256 ray);

    function request(uint256 requestId) external view returns (Request memory);

    /// @notice What a claim of the request would take out of the cohort now, before a lien.
    function requestValue(uint256 requestId) external view returns (uint256 tokens);

    /// @notice Unix seconds from which the request can be claimed, as things stand.
    function maturesAt(uint256 requestId) external view returns (uint40);

    function cohort(uint32 validatorId, uint32 day) external view returns (Cohort memory);

    function lien(uint64 lienId) external view returns (Lien memory);

    /// @notice Tokens that a lien would burn if it were settled now.
    function lienOwed(uint64 lienId) external view returns (uint256);

    /// @notice Cohort that an exit at `timestamp` joins.
    function dayOf(uint40 timestamp) external view returns (uint32);
}
