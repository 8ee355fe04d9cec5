// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";

/// @notice One delegator of a crowd.
contract Delegator__Mock {
    constructor(IMemberRegistry members, IERC20 token, address core) {
        members.register(bytes32(0));
        token.approve(core, type(uint256).max);
    }

    function delegate(IStakingCore core, uint32 validatorId, uint256 tokens) external {
        core.delegate(validatorId, tokens, 0);
    }
}
