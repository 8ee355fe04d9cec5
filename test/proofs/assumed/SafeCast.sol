// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The two of OpenZeppelin's many casts that the proven code uses: the solver reads every function it is given.
library SafeCast {
    error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value);

    function toUint112(uint256 value) internal pure returns (uint112) {
        if (value > type(uint112).max) revert SafeCastOverflowedUintDowncast(112, value);
        return uint112(value);
    }

    function toUint128(uint256 value) internal pure returns (uint128) {
        if (value > type(uint128).max) revert SafeCastOverflowedUintDowncast(128, value);
        return uint128(value);
    }
}
