// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PoolMath} from "../../contracts/libraries/PoolMath.sol";
import {Pool} from "../../contracts/types/Pool.sol";

/// @notice The pool's arithmetic alone, on any pool that its bounds allow.
contract PoolMathProperties {
    using PoolMath for Pool;

    error Worse(uint256 got, uint256 wanted);

    uint256 private constant MAX_TOKENS = 1e28;
    uint256 private constant WAD = 1e18;

    /// @dev Any pool with 1 ≤ tokens ≤ 1e28 and 1 ≤ shares ≤ 1e9 · tokens.
    function _pool(uint256 tokens, uint256 shares) private pure returns (Pool memory pool) {
        pool.tokens = uint112(1 + (tokens % MAX_TOKENS));
        pool.shares = uint128(1 + (shares % (uint256(pool.tokens) * PoolMath.MAX_SHARES_PER_TOKEN)));
    }

    function _requireNoFall(Pool memory then, Pool memory now_) private pure {
        if (now_.shares == 0) return;
        uint256 before = uint256(then.tokens) * now_.shares;
        uint256 afterwards = uint256(now_.tokens) * then.shares;
        if (afterwards < before) revert Worse(afterwards, before);
    }

    function _copy(Pool memory pool) private pure returns (Pool memory) {
        return Pool(pool.tokens, pool.shares, pool.gen);
    }

    /// @notice Items 7 and 6: a deposit dilutes nobody, and shares buy back at most what was paid.
    function testFuzz_deposit(uint256 tokens, uint256 shares, uint256 amount) external pure {
        Pool memory pool = _pool(tokens, shares);
        Pool memory then = _copy(pool);
        amount = amount % (MAX_TOKENS - pool.tokens + 1);
        uint256 minted = pool.deposit(amount);
        _requireNoFall(then, pool);
        if (pool.toTokensDown(minted) > amount) revert Worse(pool.toTokensDown(minted), amount);
        _requireSound(pool);
    }

    /// @notice Items 7 and 6: whoever leaves takes nothing from those who stay; the last one takes all.
    function testFuzz_withdraw(uint256 tokens, uint256 shares, uint256 part) external pure {
        Pool memory pool = _pool(tokens, shares);
        Pool memory then = _copy(pool);
        part = 1 + (part % pool.shares);
        uint256 out = pool.toTokensDown(part);
        pool.withdraw(out, part);
        _requireNoFall(then, pool);
        _requireSound(pool);
    }

    /// @notice What is burned from a holder costs it at least as many shares as the burn is worth.
    function testFuzz_toSharesUp(uint256 tokens, uint256 shares, uint256 held, uint256 burned) external pure {
        Pool memory pool = _pool(tokens, shares);
        held = 1 + (held % pool.shares);
        uint256 value = pool.toTokensDown(held);
        if (value == 0) return;
        burned = 1 + (burned % value);
        Pool memory then = _copy(pool);
        uint256 cost = pool.toSharesUp(burned, held);
        if (cost > held) revert Worse(cost, held);
        if (cost == pool.shares) burned = pool.tokens;
        pool.withdraw(burned, cost);
        _requireNoFall(then, pool);
        _requireSound(pool);
    }

    /// @notice Items 6, 9 and 30: a slash leaves the floor of the fraction or wipes the pool; it never reverts.
    function testFuzz_slash(uint256 tokens, uint256 shares, uint64 target, uint64 keep) external pure {
        Pool memory pool = _pool(tokens, shares);
        uint256 from = 1 + (keep % WAD);
        uint256 to = target % from;
        uint256 then = pool.tokens;
        uint256 gen = pool.gen;
        (uint256 burned, bool wiped) = pool.slash(to, from);
        if (burned + pool.tokens != then) revert Worse(burned, then - pool.tokens);
        if (wiped != (pool.gen != gen)) revert Worse(pool.gen, gen);
        if (!wiped && pool.tokens != (then * to) / from) revert Worse(pool.tokens, (then * to) / from);
        _requireSound(pool);
    }

    /// @notice A generation counter that is full wraps instead of blocking a slash.
    function test_wrap() external pure {
        Pool memory pool = Pool(1e18, 1e18, type(uint16).max);
        (uint256 burned, bool wiped) = pool.slash(0, WAD);
        if (!wiped || burned != 1e18 || pool.gen != 0) revert Worse(burned, 1e18);
        (burned, wiped) = pool.slash(0, WAD);
        if (wiped || burned != 0) revert Worse(burned, 0);
    }

    /// @notice An empty pool gives a share per token and nothing for shares that nobody has.
    function testFuzz_empty(uint112 amount) external pure {
        Pool memory pool;
        if (pool.toSharesDown(amount) != amount) revert Worse(pool.toSharesDown(amount), amount);
        if (pool.toTokensDown(amount) != 0) revert Worse(pool.toTokensDown(amount), 0);
        if (pool.toSharesUp(amount, 7) != 7) revert Worse(pool.toSharesUp(amount, 7), 7);
    }

    function _requireSound(Pool memory pool) private pure {
        if ((pool.tokens == 0) != (pool.shares == 0)) revert Worse(pool.tokens, pool.shares);
        uint256 most = PoolMath.MAX_SHARES_PER_TOKEN * pool.tokens;
        if (pool.shares > most) revert Worse(pool.shares, most);
    }
}
