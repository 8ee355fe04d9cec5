// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Tokens owned in proportion to shares. One storage slot.
/// @dev `gen` counts the times the pool was wiped out; shares of an older generation are worth nothing.
struct Pool {
    uint112 tokens;
    uint128 shares;
    uint16 gen;
}
