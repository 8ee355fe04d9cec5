// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";

import {DoubleSigns} from "./DoubleSigns.sol";
import {ISlashingManager} from "./ISlashingManager.sol";
import {SlashingLedger} from "./SlashingLedger.sol";
import {SlashingRules} from "./SlashingRules.sol";

/// @notice What counts as evidence, when the fault happened, and who saw it first.
abstract contract SlashingEvidence is SlashingLedger, EIP712Upgradeable {
    /* REPORTERS */

    /// @inheritdoc ISlashingManager
    function commitReport(bytes32 commitment) external {
        Storage storage $ = _storage();
        // Check: a second commitment would make the first one younger.
        if ($.commitments[commitment] != 0) revert SlashingManager_AlreadyCommitted(commitment);
        $.commitments[commitment] = uint48(block.number);
        emit ReportCommitted(commitment, msg.sender);
    }

    /// @inheritdoc ISlashingManager
    function anchor(bytes calldata header) external {
        (uint64 height, uint40 timestamp) = DoubleSigns.prove(header);
        _storage().anchors[height] = timestamp;
        emit HeightAnchored(height, timestamp);
    }

    /* VIEWS */

    /// @inheritdoc ISlashingManager
    function voteDigest(BlockVote calldata vote) external view returns (bytes32) {
        return DoubleSigns.voteDigest(_domainSeparatorV4(), vote);
    }

    /// @inheritdoc ISlashingManager
    function evidenceDigest(
        bytes calldata key,
        BlockVote calldata a,
        BlockVote calldata b
    ) external view returns (bytes32) {
        return DoubleSigns.evidenceDigest(_domainSeparatorV4(), key, a, b);
    }

    /* INTERNALS */

    /// @dev Whether `reporter` committed to `digest` before `blockNumber`.
    function _committed(
        bytes32 digest,
        address reporter,
        bytes32 salt,
        uint256 blockNumber
    ) internal view returns (bool) {
        uint48 committed = _storage().commitments[_commitment(digest, reporter, salt)];
        return committed != 0 && committed < blockNumber;
    }

    function _commitment(bytes32 digest, address reporter, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(digest, reporter, salt));
    }

    function _requireFresh(uint40 tau) internal view {
        SlashingRules.requireFresh(_storage().schedule, _pause, tau);
    }
}
