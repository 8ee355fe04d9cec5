// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {Managed} from "../libraries/Managed.sol";
import {IProposalRules} from "./IProposalRules.sol";
import {ITBurnGovernor} from "./ITBurnGovernor.sol";

/// @notice The allow-set of the governor; apart from it, because the governor fills its code size.
/// @dev Documented in `IProposalRules`.
contract ProposalRules is IProposalRules, Managed {
    /// @custom:storage-location erc7201:tburn.storage.ProposalRules
    struct Storage {
        mapping(address target => bool) allowed;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.ProposalRules")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x3fb49f011ced4266e32ff6ee36bedc72dbb37bf508e50027cc0bdcad67372100;

    function initialize(address authority_) external initializer {
        __AccessManaged_init(authority_);
    }

    /// @inheritdoc IProposalRules
    function allowTarget(address target, bool allowed) external restricted {
        _storage().allowed[target] = allowed;
        emit TargetAllowed(target, allowed);
    }

    /// @inheritdoc IProposalRules
    function check(address[] calldata targets, bytes[] calldata calldatas, address timelock) external view {
        bool movesDelay;
        for (uint256 i; i < targets.length; ++i) {
            _requireAllowed(targets[i], calldatas[i]);
            if (targets[i] == timelock && _selector(calldatas[i]) == TimelockController.updateDelay.selector) {
                movesDelay = true;
            }
        }
        if (!movesDelay) return;

        // Check: the batch is one transaction, so that its last call decides about all of it.
        uint256 last = targets.length - 1;
        bytes4 ending = _selector(calldatas[last]);
        if (targets[last] != msg.sender || ending != ITBurnGovernor.requireBonded.selector) {
            revert ProposalRules_DelayUnchecked();
        }
    }

    /// @inheritdoc IProposalRules
    function isAllowed(address target) external view returns (bool) {
        return _storage().allowed[target];
    }

    function _requireAllowed(address target, bytes calldata data) private view {
        bytes4 selector = _selector(data);
        if (!_storage().allowed[target]) revert ProposalRules_CallNotAllowed(target, selector);
        if (target != authority()) return;
        // The access manager carries calls on to any target.
        if (selector == Multicall.multicall.selector) revert ProposalRules_CallNotAllowed(target, selector);
        if (selector == IAccessManager.execute.selector || selector == IAccessManager.schedule.selector) {
            // A static head of one address and one offset: the inner call lies in the calldata itself.
            address inner = address(uint160(uint256(bytes32(data[4:36]))));
            uint256 start = 4 + uint256(bytes32(data[36:68]));
            uint256 length = uint256(bytes32(data[start:start + 32]));
            _requireAllowed(inner, data[start + 32:start + 32 + length]);
        }
    }

    function _selector(bytes calldata data) private pure returns (bytes4) {
        return data.length < 4 ? bytes4(0) : bytes4(data);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
