// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IAuditAnchor} from "./IAuditAnchor.sol";

/// @notice Roots of the audit trail. No proxy: an upgrade could rewrite what was anchored, and that it cannot is all that
/// this contract is for.
/// @dev Documented in `IAuditAnchor`.
contract AuditAnchor is IAuditAnchor, AccessManaged {
    Anchor[] private _anchors;
    /// @dev Number of the stretch, from 1, by its first entry.
    mapping(uint64 firstSeq => uint256) private _places;

    constructor(address authority_) AccessManaged(authority_) {}

    /// @inheritdoc IAuditAnchor
    function anchor(uint64 firstSeq, uint64 lastSeq_, bytes32 root, bytes32 head) external restricted {
        // Check: it follows what is anchored, and says something.
        uint64 last = lastSeq();
        // The last number of all has no next one; what is asked for then is refused by overflow.
        if (firstSeq != last + 1) revert AuditAnchor_NotNext(firstSeq, last + 1);
        if (lastSeq_ < firstSeq) revert AuditAnchor_Backwards(firstSeq, lastSeq_);
        if (root == bytes32(0) || head == bytes32(0)) revert AuditAnchor_Nothing();

        _anchors.push(Anchor(firstSeq, lastSeq_, uint40(block.timestamp), uint64(block.number), root, head));
        _places[firstSeq] = _anchors.length;
        emit AuditRootAnchored(firstSeq, lastSeq_, root, head, msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc IAuditAnchor
    function lastSeq() public view returns (uint64) {
        uint256 count = _anchors.length;
        return count == 0 ? 0 : _anchors[count - 1].lastSeq;
    }

    /// @inheritdoc IAuditAnchor
    function anchorCount() external view returns (uint256) {
        return _anchors.length;
    }

    /// @inheritdoc IAuditAnchor
    function anchorAt(uint64 firstSeq) external view returns (Anchor memory) {
        uint256 place = _places[firstSeq];
        if (place == 0) revert AuditAnchor_Unknown(firstSeq);
        return _anchors[place - 1];
    }

    /// @inheritdoc IAuditAnchor
    function anchorByIndex(uint256 index) external view returns (Anchor memory) {
        uint256 count = _anchors.length;
        if (index >= count) revert AuditAnchor_OutOfRange(index, count);
        return _anchors[index];
    }

    /// @inheritdoc IAuditAnchor
    function anchors(uint256 from, uint256 count) external view returns (Anchor[] memory page) {
        uint256 all = _anchors.length;
        uint256 left = from < all ? all - from : 0;
        page = new Anchor[](count < left ? count : left);
        for (uint256 i; i < page.length; ++i) page[i] = _anchors[from + i];
    }
}
