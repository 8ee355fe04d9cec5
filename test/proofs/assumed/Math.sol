// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What the proofs assume of OpenZeppelin's `Math`, whose own code is assembly that the solver cannot read. The
/// product must fit 256 bits here, and the solver checks that it does.
library Math {
    enum Rounding {
        Floor,
        Ceil,
        Trunc,
        Expand
    }

    function mulDiv(uint256 x, uint256 y, uint256 denominator) internal pure returns (uint256) {
        return (x * y) / denominator;
    }

    function mulDiv(
        uint256 x,
        uint256 y,
        uint256 denominator,
        Rounding rounding
    ) internal pure returns (uint256 result) {
        result = (x * y) / denominator;
        if (rounding == Rounding.Ceil && result * denominator < x * y) ++result;
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
