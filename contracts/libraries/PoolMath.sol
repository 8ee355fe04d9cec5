// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Pool} from "../types/Pool.sol";

/// @notice Pure share arithmetic of a pool (protocol §3). Every rounding favours those who stay.
/// @dev Bounds: tokens ≤ 1e28 (token cap) and shares ≤ 1e9 · tokens, so shares ≤ 1e37 fit uint128.
library PoolMath {
    using SafeCast for uint256;

    /// @dev A pool whose shares outweigh its tokens by more than this factor is wiped rather than kept.
    uint256 internal constant MAX_SHARES_PER_TOKEN = 1e9;

    /// @return Shares that `tokens` buy, rounded down.
    function toSharesDown(Pool memory pool, uint256 tokens) internal pure returns (uint256) {
        return pool.shares == 0 ? tokens : Math.mulDiv(tokens, pool.shares, pool.tokens);
    }

    /// @return Tokens behind `shares`, rounded down; the last holder sweeps what rounding left.
    function toTokensDown(Pool memory pool, uint256 shares) internal pure returns (uint256) {
        if (shares == 0 || pool.shares == 0) return 0;
        if (shares == pool.shares) return pool.tokens;
        return Math.mulDiv(shares, pool.tokens, pool.shares);
    }

    /// @return Shares that must burn so that at least `tokens` leave, rounded up and capped by `held`.
    function toSharesUp(Pool memory pool, uint256 tokens, uint256 held) internal pure returns (uint256) {
        if (pool.tokens == 0) return held;
        return Math.min(Math.mulDiv(tokens, pool.shares, pool.tokens, Math.Rounding.Ceil), held);
    }

    /// @notice Adds `tokens` and returns the shares minted for them.
    function deposit(Pool memory pool, uint256 tokens) internal pure returns (uint256 minted) {
        minted = toSharesDown(pool, tokens);
        pool.tokens = (uint256(pool.tokens) + tokens).toUint112();
        pool.shares = (uint256(pool.shares) + minted).toUint128();
    }

    /// @notice Takes `shares` out together with the `tokens` they stand for.
    function withdraw(Pool memory pool, uint256 tokens, uint256 shares) internal pure {
        pool.tokens = (uint256(pool.tokens) - tokens).toUint112();
        pool.shares = (uint256(pool.shares) - shares).toUint128();
    }

    /// @notice Scales the pool from the fraction `keep` to the smaller fraction `target`; the burn rounds up.
    /// @dev Never reverts for `target ≤ keep` and `keep > 0`: an accused validator must always be slashable.
    /// @return burned Tokens that left the pool.
    /// @return wiped Whether so little remained that the generation ended.
    function slash(Pool memory pool, uint256 target, uint256 keep) internal pure returns (uint256 burned, bool wiped) {
        if (pool.shares == 0) return (0, false);
        uint256 left = Math.mulDiv(pool.tokens, target, keep);
        wiped = left * MAX_SHARES_PER_TOKEN < pool.shares;
        if (wiped) {
            left = 0;
            pool.shares = 0;
            // Unchecked: 65,535 wipes wrap to zero instead of blocking a slash.
            unchecked {
                ++pool.gen;
            }
        }
        burned = pool.tokens - left;
        // Safe: left ≤ pool.tokens.
        pool.tokens = uint112(left);
    }
}
