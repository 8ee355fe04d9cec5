// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BlockHeader} from "@openzeppelin/contracts/utils/BlockHeader.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";

import {ConsensusKeys} from "../libraries/ConsensusKeys.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {ISlashingManager} from "./ISlashingManager.sol";

/// @notice Examines conflicting votes: who signed them, and when their block was made.
/// @dev Linked into the slashing manager, which it would otherwise carry past the code size limit (EIP-170).
library DoubleSigns {
    using SafeCast for uint256;

    /// @param tau Time of the fault; the earliest possible where anchors enclose it.
    /// @param offence What may be punished once: this key, height, round and step, whichever hashes were signed.
    /// @param digest What reporters commit to.
    struct Finding {
        uint32 validatorId;
        uint40 tau;
        bytes32 offence;
        bytes32 digest;
    }

    bytes32 private constant VOTE_TYPEHASH = keccak256(
        "BlockVote(uint256 chainId,uint64 height,uint32 round,uint8 step,bytes32 blockHash)"
    );

    /// @notice Reverts unless one key, in force at that time, signed both votes, and they contradict each other.
    function examine(
        mapping(uint64 height => uint40) storage anchors,
        ISlashingManager.DoubleSign calldata e,
        bytes32 domainSeparator,
        IValidatorRegistry validators,
        IStakingCore core
    ) external view returns (Finding memory found) {
        // Check: two votes of this chain for one place, for different blocks.
        _requireConflict(e.a, e.b);

        // Check: a key that the registry knew when the block was made.
        bytes32 keyHash = keccak256(e.key);
        IValidatorRegistry.KeyRecord memory key = validators.keyRecord(keyHash);
        if (key.validatorId == 0) revert ISlashingManager.SlashingManager_UnknownKey(keyHash);
        uint40 to;
        (found.tau, to) = _timeOf(anchors, e, core);
        if (found.tau < key.validFrom || (key.validUntil != 0 && to >= key.validUntil)) {
            revert ISlashingManager.SlashingManager_KeyNotInForce(keyHash, key.validFrom, key.validUntil);
        }

        // Check: both signatures.
        bytes32 digestA = _voteDigest(domainSeparator, e.a);
        bytes32 digestB = _voteDigest(domainSeparator, e.b);
        if (!ConsensusKeys.isSignedBy(key.keyType, e.key, digestA, e.sigA)) {
            revert ISlashingManager.SlashingManager_BadSignature(0);
        }
        if (!ConsensusKeys.isSignedBy(key.keyType, e.key, digestB, e.sigB)) {
            revert ISlashingManager.SlashingManager_BadSignature(1);
        }
        found.validatorId = key.validatorId;
        found.offence = keccak256(abi.encode(keyHash, e.a.height, e.a.round, e.a.step));
        found.digest = _digest(keyHash, digestA, digestB);
    }

    /// @notice Logs the evidence of a case.
    function publish(uint256 caseId, ISlashingManager.DoubleSign calldata e) external {
        emit ISlashingManager.EvidenceSubmitted(caseId, e.key, e.a, e.b, e.sigA, e.sigB);
    }

    function voteDigest(
        bytes32 domainSeparator,
        ISlashingManager.BlockVote calldata vote
    ) external pure returns (bytes32) {
        return _voteDigest(domainSeparator, vote);
    }

    function evidenceDigest(
        bytes32 domainSeparator,
        bytes calldata key,
        ISlashingManager.BlockVote calldata a,
        ISlashingManager.BlockVote calldata b
    ) external pure returns (bytes32) {
        return _digest(keccak256(key), _voteDigest(domainSeparator, a), _voteDigest(domainSeparator, b));
    }

    /// @notice Height and time that a header of the canonical chain states.
    /// @dev Its hash is the chain's for the height that it names, so nothing in it can be made up.
    function prove(bytes calldata header) external view returns (uint64 height, uint40 timestamp) {
        return _prove(header);
    }

    function _requireConflict(
        ISlashingManager.BlockVote calldata a,
        ISlashingManager.BlockVote calldata b
    ) private view {
        if (a.chainId != block.chainid) revert ISlashingManager.SlashingManager_WrongChain(a.chainId);
        if (b.chainId != block.chainid) revert ISlashingManager.SlashingManager_WrongChain(b.chainId);
        if (a.height != b.height || a.round != b.round || a.step != b.step || a.blockHash == b.blockHash) {
            revert ISlashingManager.SlashingManager_NotConflicting();
        }
    }

    /// @dev From the chain, not from the accused: the block's own time, or two anchors of one cohort day around it.
    function _timeOf(
        mapping(uint64 height => uint40) storage anchors,
        ISlashingManager.DoubleSign calldata e,
        IStakingCore core
    ) private view returns (uint40 from, uint40 to) {
        uint64 height = e.a.height;
        if (e.header.length != 0) {
            (uint64 proven, uint40 timestamp) = _prove(e.header);
            if (proven != height) revert ISlashingManager.SlashingManager_BadHeader(height);
            return (timestamp, timestamp);
        }
        from = anchors[height];
        if (from != 0) return (from, from);
        (uint64 lower, uint64 upper) = (e.lowerAnchor, e.upperAnchor);
        from = anchors[lower];
        to = anchors[upper];
        if (from == 0) revert ISlashingManager.SlashingManager_NotAnchored(lower);
        if (to == 0) revert ISlashingManager.SlashingManager_NotAnchored(upper);
        if (lower > height || upper < height || core.dayOf(from) != core.dayOf(to)) {
            revert ISlashingManager.SlashingManager_AnchorsApart(height, lower, upper);
        }
    }

    function _prove(bytes calldata header) private view returns (uint64 height, uint40 timestamp) {
        Memory.Slice[] memory fields = BlockHeader.parseHeader(header);
        height = BlockHeader.getNumber(fields).toUint64();
        if (!BlockHeader.verifyBlockHeader(fields, keccak256(header))) {
            revert ISlashingManager.SlashingManager_BadHeader(height);
        }
        timestamp = BlockHeader.getTimestamp(fields).toUint40();
    }

    function _voteDigest(
        bytes32 domainSeparator,
        ISlashingManager.BlockVote calldata v
    ) private pure returns (bytes32) {
        bytes32 hash = keccak256(abi.encode(VOTE_TYPEHASH, v.chainId, v.height, v.round, v.step, v.blockHash));
        return MessageHashUtils.toTypedDataHash(domainSeparator, hash);
    }

    /// @dev The same for either order of the votes.
    function _digest(bytes32 keyHash, bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(keyHash, a, b)) : keccak256(abi.encode(keyHash, b, a));
    }
}
