// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

/// @notice Votes whose every function fails, to put in place of the real ones.
contract StakeVotes__Mock is UUPSUpgradeable {
    error StakeVotes__Mock_Broken();

    fallback() external {
        revert StakeVotes__Mock_Broken();
    }

    function _authorizeUpgrade(address) internal override {}
}
