// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PoolMath} from "../libraries/PoolMath.sol";
import {Pool} from "../types/Pool.sol";
import {Cohorts} from "./Cohorts.sol";
import {IStakingCore} from "./IStakingCore.sol";
import {StakingLedger} from "./StakingLedger.sol";

/// @notice Exit cohorts on the core's storage (protocol §3): what joins a day, and what leaves it once matured.
/// @dev Deployed once and called by delegation, because the core alone would not fit into one contract. Events are the
/// core's.
library StakeExits {
    using Cohorts for IStakingCore.Cohort;
    using PoolMath for Pool;

    /// @param positionId 0 for own stake.
    /// @param shares Shares of the live pool that were burned for it.
    struct Exit {
        uint32 validatorId;
        uint64 memberNo;
        uint64 lienId;
        IStakingCore.RequestKind kind;
        uint256 positionId;
        uint256 tokens;
        uint256 shares;
    }

    /// @notice Moves tokens that left live stake into today's cohort.
    /// @return requestId 0 if there was nothing left to move.
    function open(
        StakingLedger.Storage storage $,
        Exit calldata e,
        uint40 unbonding
    ) external returns (uint256 requestId) {
        (IStakingCore.Cohort storage c, uint32 day) = _today($, e.validatorId, unbonding);
        uint256 cohortShares;
        if (e.tokens != 0) {
            Pool memory pool;
            (pool, cohortShares) = _join(c.poolOf(e.kind), e.tokens);
            requestId = ++$.requestCount;
            $.requests[requestId] = IStakingCore.Request(
                e.memberNo,
                e.validatorId,
                day,
                e.kind,
                pool.gen,
                e.lienId,
                uint128(cohortShares)
            );
        } else if (e.lienId != 0) {
            // Nothing is left that could owe.
            delete $.liens[e.lienId];
        }
        _announce(e, requestId, day, cohortShares, c.maturesAt);
    }

    /// @notice Remembers in today's cohort what a redelegation leaves at risk.
    function openLien(
        StakingLedger.Storage storage $,
        uint32 src,
        uint256 tokens,
        uint40 unbonding
    ) external returns (uint64 lienId, uint32 day, uint256 cohortShares) {
        IStakingCore.Cohort storage c;
        (c, day) = _today($, src, unbonding);
        Pool memory pool;
        (pool, cohortShares) = _join(c.redel, tokens);
        lienId = ++$.lienCount;
        $.liens[lienId] = IStakingCore.Lien(src, day, pool.gen, uint128(cohortShares), uint112(tokens));
    }

    /// @notice Takes a matured request's part out of its cohort.
    /// @param tolled Seconds that slashing has stood still so far.
    /// @param to Payout address of the request's owner.
    /// @return paid Tokens for the owner.
    /// @return burned Tokens that a lien owed.
    function claim(
        StakingLedger.Storage storage $,
        uint256 requestId,
        uint40 tolled,
        address to
    ) external returns (uint256 paid, uint256 burned) {
        IStakingCore.Request memory r = $.requests[requestId];
        IStakingCore.Cohort storage c = $.cohorts[r.val][r.day];
        uint40 matures = c.matures(tolled);
        if (block.timestamp < matures) revert IStakingCore.StakingCore_NotMature(requestId, matures);

        // Effect: the request takes its part of the cohort, less what a lien owes.
        Pool storage stored = c.poolOf(r.kind);
        Pool memory pool = stored;
        uint256 tokens;
        if (pool.gen == r.gen) {
            tokens = pool.toTokensDown(r.shares);
            pool.withdraw(tokens, r.shares);
            _save(stored, pool);
        }
        uint256 owed = _owed($, r.lien);
        burned = owed < tokens ? owed : tokens;
        delete $.requests[requestId];
        if (r.lien != 0) delete $.liens[r.lien];
        paid = tokens - burned;
        emit IStakingCore.UnstakeClaimed(requestId, r.owner, r.val, tokens, burned, to);
    }

    /// @dev Today's cohort; its maturity and starting fraction are fixed when it is first used.
    function _today(
        StakingLedger.Storage storage $,
        uint32 validatorId,
        uint40 unbonding
    ) private returns (IStakingCore.Cohort storage c, uint32 day) {
        uint40 span = $.windows.cohort;
        day = uint32(block.timestamp / span);
        c = $.cohorts[validatorId][day];
        if (c.maturesAt == 0) {
            c.maturesAt = (day + 1) * span + unbonding;
            c.tollAt = $.pause.tolledSeconds();
            c.keep = $.stakes[validatorId].keep;
        }
    }

    function _join(Pool storage stored, uint256 tokens) private returns (Pool memory pool, uint256 shares) {
        pool = stored;
        shares = pool.deposit(tokens);
        _save(stored, pool);
    }

    function _announce(Exit calldata e, uint256 requestId, uint32 day, uint256 cohortShares, uint40 maturesAt) private {
        emit IStakingCore.TokensUnstaked(
            requestId,
            e.validatorId,
            e.memberNo,
            e.positionId,
            e.kind,
            day,
            e.tokens,
            e.shares,
            cohortShares,
            e.lienId,
            maturesAt
        );
    }

    function _owed(StakingLedger.Storage storage $, uint64 lienId) private view returns (uint256) {
        if (lienId == 0) return 0;
        IStakingCore.Lien storage l = $.liens[lienId];
        return Cohorts.owed($.cohorts[l.src][l.day].redel, l);
    }

    function _save(Pool storage stored, Pool memory pool) private {
        stored.tokens = pool.tokens;
        stored.shares = pool.shares;
        stored.gen = pool.gen;
    }
}
