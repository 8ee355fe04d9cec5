// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {System} from "../System.sol";

/// @notice Calls that must be refused, each for its own reason.
abstract contract Refusals is System {
    error Accepted(bytes4 wanted);
    error OtherReason(bytes4 wanted, bytes got);

    address internal constant STRANGER = address(0xCAFE);

    function _refused(address from, address target, bytes memory data, bytes4 wanted) internal {
        vm.prank(from);
        // solhint-disable-next-line avoid-low-level-calls
        (bool ok, bytes memory got) = target.call(data);
        if (ok) revert Accepted(wanted);
        if (got.length < 4 || bytes4(got) != wanted) revert OtherReason(wanted, got);
    }
}
