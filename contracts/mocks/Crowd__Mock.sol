// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {Delegator__Mock} from "./Delegator__Mock.sol";

/// @notice Many delegators at a time, so that a test need not send a transaction for each.
contract Crowd__Mock {
    Delegator__Mock[] public delegators;

    function gather(uint256 count, IMemberRegistry members, IERC20 token, address core, uint256 tokens) external {
        for (uint256 i; i < count; ++i) {
            Delegator__Mock delegator = new Delegator__Mock(members, token, core);
            token.transfer(address(delegator), tokens);
            delegators.push(delegator);
        }
    }

    function delegate(uint256 from, uint256 to, IStakingCore core, uint32 validatorId, uint256 tokens) external {
        for (uint256 i = from; i < to; ++i) delegators[i].delegate(core, validatorId, tokens);
    }
}
