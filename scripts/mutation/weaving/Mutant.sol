// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Tells woven code which mutant runs: the balance of an address that nothing else knows.
library Mutant {
    address private constant MARKER = 0x4D7574616e744D7574616e744D7574616e744D75;
    /// @dev Hardhat's simulated network reports what this address is asked.
    address private constant LISTENER = 0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE;
    /// @dev No mutant runs; places are reported instead.
    uint256 private constant REACH = 0xffffffffffffffff;

    /// @notice Whether a mutant of this place runs; the place is named by its first mutant.
    function within(uint256 first, uint256 last) internal pure returns (bool) {
        return _pure(_within)(first, last);
    }

    /// @notice As `within`, for a place of one mutant.
    function at(uint256 id) internal pure returns (bool) {
        return _pure(_within)(id, id);
    }

    /// @notice Whether mutant `id` runs.
    function on(uint256 id) internal pure returns (bool) {
        return _pure(_within)(id, id);
    }

    function _within(uint256 first, uint256 last) private view returns (bool found) {
        assembly ("memory-safe") {
            let id := balance(MARKER)
            found := iszero(or(lt(id, first), gt(id, last)))
            if eq(id, REACH) {
                mstore(0, first)
                pop(staticcall(gas(), LISTENER, 0, 32, 0, 0))
            }
        }
    }

    function _pure(
        function(uint256, uint256) view returns (bool) asked
    ) private pure returns (function(uint256, uint256) pure returns (bool) answered) {
        assembly ("memory-safe") {
            answered := asked
        }
    }
}
