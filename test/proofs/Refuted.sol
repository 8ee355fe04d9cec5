// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PoolMath} from "../../contracts/libraries/PoolMath.sol";
import {Pool} from "../../contracts/types/Pool.sol";

/// @dev Promises that are false: a solver that lets them pass proves nothing.
contract Refuted {
    using PoolMath for Pool;

    function roundingUpGainsNothing(uint8 tokens, uint8 shares, uint8 paid) external pure {
        require(tokens > 0 && shares > 0);
        Pool memory pool = Pool(tokens, shares, 0);
        assert(pool.toTokensDown(pool.toSharesUp(paid, type(uint128).max)) <= paid);
    }
}
