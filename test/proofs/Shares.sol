// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PoolMath} from "../../contracts/libraries/PoolMath.sol";
import {Pool} from "../../contracts/types/Pool.sol";

/// @dev Pools as they can be: tokens up to the cap, shares within the factor at which a pool is wiped. Values come in as
/// narrow as they are stored: a cast would cost the solver more than the promise.
abstract contract Pools {
    uint112 internal constant CAP = 1e28;

    function _pool(uint112 tokens, uint128 shares) internal pure returns (Pool memory) {
        require(tokens <= CAP && shares > 0 && shares <= uint256(tokens) * 1e9);
        return Pool(tokens, shares, 0);
    }
}

/// @dev Nobody gains by rounding.
contract Buying is Pools {
    using PoolMath for Pool;

    function andSellingGainsNothing(uint112 tokens, uint128 shares, uint112 paid) external pure {
        Pool memory pool = _pool(tokens, shares);
        require(paid <= CAP);
        assert(pool.toTokensDown(pool.toSharesDown(paid)) <= paid);
    }

    function neverLowersTheRate(uint112 tokens, uint128 shares, uint112 paid) external pure {
        Pool memory pool = _pool(tokens, shares);
        require(paid <= CAP - tokens);
        uint256 minted = pool.toSharesDown(paid);
        assert((uint256(tokens) + paid) * shares >= tokens * (shares + minted));
    }
}

/// @dev What leaves a pool is never more than its part.
contract Leaving is Pools {
    using PoolMath for Pool;

    function neverLowersTheRate(uint112 tokens, uint128 shares, uint128 part) external pure {
        Pool memory pool = _pool(tokens, shares);
        require(part < shares);
        uint256 paid = pool.toTokensDown(part);
        assert(paid <= tokens);
        assert((tokens - paid) * shares >= uint256(tokens) * (shares - part));
    }

    function lastSweepsAll(uint112 tokens, uint128 shares) external pure {
        assert(_pool(tokens, shares).toTokensDown(shares) == tokens);
    }

    function byTwoStepsGainsNothing(uint112 tokens, uint128 shares, uint128 a, uint128 b) external pure {
        Pool memory pool = _pool(tokens, shares);
        require(uint256(a) + b < shares);
        assert(pool.toTokensDown(a) + pool.toTokensDown(b) <= pool.toTokensDown(uint256(a) + b));
    }
}

/// @dev Shares burned for a debt cover it, and are never more than the debtor holds.
contract Debts is Pools {
    using PoolMath for Pool;

    function areCovered(uint112 tokens, uint128 shares, uint128 held, uint112 owed) external pure {
        Pool memory pool = _pool(tokens, shares);
        require(held < shares && owed <= pool.toTokensDown(held));
        uint256 burned = pool.toSharesUp(owed, held);
        assert(burned <= held);
        assert(pool.toTokensDown(burned) >= owed);
    }
}

/// @dev A slash computes without a fault, takes at most what there is, and leaves no share without tokens.
contract Slashes is Pools {
    using PoolMath for Pool;

    function leaveNoShareWithoutTokens(uint112 tokens, uint128 shares, uint64 target, uint64 keep) external pure {
        Pool memory pool = _pool(tokens, shares);
        require(keep > 0 && keep <= 1e18 && target <= keep);
        (uint256 burned, bool wiped) = pool.slash(target, keep);
        assert(burned <= tokens);
        uint256 left = tokens - burned;
        assert(wiped ? left == 0 : left * 1e9 >= shares);
    }
}
