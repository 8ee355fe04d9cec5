// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {PoolMath} from "../libraries/PoolMath.sol";
import {Pool} from "../types/Pool.sol";
import {Cohorts} from "./Cohorts.sol";
import {IStakingCore} from "./IStakingCore.sol";
import {StakingLedger} from "./StakingLedger.sol";

/// @notice Arithmetic of slashes and liens on the core's storage (protocol §3, §4).
/// @dev Deployed once and called by delegation, because the core alone would not fit into one contract. Events are the
/// core's.
library StakeSlashing {
    using Cohorts for IStakingCore.Cohort;
    using PoolMath for Pool;

    /// @dev Cohorts that can be unmatured at once, without pauses: the longest unbonding and one on either side.
    uint256 private constant MAX_COHORTS = 30;

    /// @notice Leaves the fraction `targetKeep` of live stake and of each exit that was still at stake at `tau`.
    /// @return taken Tokens that left live stake and exits.
    function slash(
        StakingLedger.Storage storage $,
        uint32 validatorId,
        uint40 tau,
        uint64 targetKeep
    ) external returns (uint256 taken) {
        (uint256 self, uint256 delegated) = _slashLive($, validatorId, targetKeep);
        uint256 unbonding = _slashCohorts($, validatorId, tau, targetKeep);
        emit IStakingCore.StakeSlashed(validatorId, tau, self, delegated, unbonding, targetKeep);
        return self + delegated + unbonding;
    }

    /// @notice Takes what a matured lien owes from its settled position and lifts the lien.
    /// @param tolled Seconds that slashing has stood still so far.
    /// @return burned Tokens to burn, capped by the position's value.
    function settleLien(
        StakingLedger.Storage storage $,
        uint256 positionId,
        uint40 tolled
    ) external returns (uint256 burned) {
        IStakingCore.Position storage p = $.positions[positionId];
        uint64 lienId = p.lien;
        IStakingCore.Lien storage l = $.liens[lienId];
        uint32 src = l.src;

        // Check: until the source's cohort matured, a slash may still raise what is owed.
        IStakingCore.Cohort storage c = $.cohorts[src][l.day];
        uint40 matures = c.matures(tolled);
        if (block.timestamp < matures) revert IStakingCore.StakingCore_NotMature(positionId, matures);

        // Effect: the loss is taken from the position, capped by its value.
        uint256 owed = Cohorts.owed(c.redel, l);
        p.lien = 0;
        delete $.liens[lienId];
        uint256 shares;
        if (owed != 0) (burned, shares) = _take($, p, owed);
        emit IStakingCore.LienSettled(positionId, src, lienId, burned, shares);
    }

    function _take(
        StakingLedger.Storage storage $,
        IStakingCore.Position storage p,
        uint256 owed
    ) private returns (uint256 burned, uint256 shares) {
        Pool memory pool = $.stakes[p.val].del;
        uint256 value = pool.gen == p.gen ? pool.toTokensDown(p.shares) : 0;
        if (value == 0) return (0, 0);
        burned = Math.min(owed, value);
        shares = burned == value ? p.shares : pool.toSharesUp(burned, p.shares);
        // The last holder's shares may not leave tokens without an owner.
        if (shares == pool.shares) burned = pool.tokens;
        pool.withdraw(burned, shares);
        $.stakes[p.val].del = pool;
        p.shares -= uint128(shares);
        $.totalStake -= uint96(burned);
    }

    function _slashLive(
        StakingLedger.Storage storage $,
        uint32 validatorId,
        uint64 targetKeep
    ) private returns (uint256 self, uint256 delegated) {
        IStakingCore.ValStake storage s = $.stakes[validatorId];
        uint256 keep = s.keep;
        if (targetKeep >= keep) return (0, 0);
        Pool memory pool = s.del;
        uint16 gen = pool.gen;
        bool wiped;
        (delegated, wiped) = pool.slash(targetKeep, keep);
        self = s.self - (uint256(s.self) * targetKeep) / keep;
        s.del = pool;
        s.self -= uint112(self);
        s.keep = targetKeep;
        $.totalStake -= uint96(self + delegated);
        if (wiped) {
            $.finalAccumulators[validatorId][gen] = $.accumulators[validatorId];
            // Void positions must not take the places of new ones.
            s.nPos = 0;
            emit IStakingCore.PoolWiped(validatorId, 0, 0, pool.gen);
        }
    }

    /// @dev Walks from the day of the fault, or the oldest day that can be unmatured, to today.
    function _slashCohorts(
        StakingLedger.Storage storage $,
        uint32 validatorId,
        uint40 tau,
        uint64 targetKeep
    ) private returns (uint256 unbonding) {
        uint40 cohort = $.windows.cohort;
        uint40 tolled = $.pause.tolledSeconds();
        uint256 today = block.timestamp / cohort;
        uint256 span = MAX_COHORTS + tolled / cohort;
        // A fault cannot lie ahead; such a `tau` means now.
        uint256 day = tau < block.timestamp ? tau / cohort : today;
        if (day + span < today) day = today - span;
        for (; day <= today; ++day) {
            IStakingCore.Cohort storage c = $.cohorts[validatorId][uint32(day)];
            uint256 keep = c.keep;
            // Unused or already slashed as hard; or matured.
            if (targetKeep >= keep) continue;
            if (block.timestamp >= c.matures(tolled)) continue;
            unbonding += _slashCohort(validatorId, uint32(day), c, targetKeep, keep);
        }
    }

    function _slashCohort(
        uint32 validatorId,
        uint32 day,
        IStakingCore.Cohort storage c,
        uint64 targetKeep,
        uint256 keep
    ) private returns (uint256) {
        c.keep = targetKeep;
        uint256 del = _slashBucket(validatorId, day, 1, c.del, targetKeep, keep);
        uint256 self = _slashBucket(validatorId, day, 2, c.self_, targetKeep, keep);
        uint256 redel = _slashBucket(validatorId, day, 3, c.redel, targetKeep, keep);
        emit IStakingCore.CohortSlashed(validatorId, day, del, self, redel, targetKeep);
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
        Pool memory pool = stored;
        if (pool.shares == 0) return 0;
        bool wiped;
        (burned, wiped) = pool.slash(target, keep);
        stored.tokens = pool.tokens;
        stored.shares = pool.shares;
        stored.gen = pool.gen;
        if (wiped) emit IStakingCore.PoolWiped(validatorId, day, bucket, pool.gen);
    }
}
