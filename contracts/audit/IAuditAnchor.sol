// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Roots of the off-chain audit trail, one stretch after another, where whoever keeps the trail cannot take them
/// back. Hashes alone: nothing here tells what an entry said or whom it concerned.
/// @dev The trail numbers its entries from 1 without gaps; a stretch is anchored once and for good. The contract cannot
/// know whether a root is right: whoever verifies the trail recomputes it.
interface IAuditAnchor {
    /// @param firstSeq First number of the stretch; it follows the last number of the stretch before.
    /// @param lastSeq Last number of the stretch.
    /// @param anchoredAt Unix seconds.
    /// @param blockNumber Block in which it was anchored.
    /// @param root Merkle root over the seals of the stretch (SHA-256, RFC 9162 §2.1.1).
    /// @param head Seal of `lastSeq`, which covers every entry before it.
    struct Anchor {
        uint64 firstSeq;
        uint64 lastSeq;
        uint40 anchoredAt;
        uint64 blockNumber;
        bytes32 root;
        bytes32 head;
    }

    event AuditRootAnchored(
        uint64 indexed firstSeq,
        uint64 indexed lastSeq,
        bytes32 root,
        bytes32 head,
        address indexed by
    );

    /// @notice A stretch begins where the last one ended, and nowhere else: neither over it nor with a gap.
    error AuditAnchor_NotNext(uint64 firstSeq, uint64 nextSeq);
    /// @notice A stretch has at least one entry.
    error AuditAnchor_Backwards(uint64 firstSeq, uint64 lastSeq);
    /// @notice A root or a head of zeros stands for nothing.
    error AuditAnchor_Nothing();
    /// @notice No stretch begins with this number.
    error AuditAnchor_Unknown(uint64 firstSeq);
    /// @notice So many stretches are not anchored.
    error AuditAnchor_OutOfRange(uint256 index, uint256 count);

    /// @notice Anchors the next stretch, for good.
    function anchor(uint64 firstSeq, uint64 lastSeq, bytes32 root, bytes32 head) external;

    /// @notice Last number that is anchored; 0 before the first.
    function lastSeq() external view returns (uint64);

    /// @notice How many stretches are anchored.
    function anchorCount() external view returns (uint256);

    /// @notice The stretch that begins with `firstSeq`.
    function anchorAt(uint64 firstSeq) external view returns (Anchor memory);

    /// @notice The stretch number `index`, from 0.
    function anchorByIndex(uint256 index) external view returns (Anchor memory);

    /// @notice At most `count` stretches from number `from` on, in order; fewer at the end, none beyond it.
    function anchors(uint256 from, uint256 count) external view returns (Anchor[] memory page);
}
