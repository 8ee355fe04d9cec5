// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {StdInvariant} from "@layerzerolabs/toolbox-foundry/lib/forge-std/StdInvariant.sol";

import {Handler} from "./handler/Handler.sol";

/// @notice Sequences of random actions, between which all sums are added up again.
contract StakingInvariants is StdInvariant {
    Handler private handler;

    function setUp() external {
        handler = new Handler();
        targetContract(address(handler));
        bytes4[] memory apart = new bytes4[](2);
        apart[0] = Handler.check.selector;
        apart[1] = Handler.checkNow.selector;
        excludeSelector(FuzzSelector(address(handler), apart));
    }

    function invariant_sums() external {
        handler.check();
    }

    function afterInvariant() external {
        handler.checkNow();
    }
}
