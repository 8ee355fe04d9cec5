// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Answers for the oracle as a test tells it, in the place of reports that would take thirty epochs to make.
contract Downtime__Mock {
    mapping(uint32 validatorId => uint32) private _bitmaps;
    mapping(uint32 validatorId => uint32) private _latest;

    function set(uint32 validatorId, uint32 bitmap, uint32 latest) external {
        _bitmaps[validatorId] = bitmap;
        _latest[validatorId] = latest;
    }

    function downtimeOf(uint32 validatorId) external view returns (uint32 bitmap, uint32 latest) {
        return (_bitmaps[validatorId], _latest[validatorId]);
    }

    function uptimeOf(uint32) external pure returns (uint16 bps, uint8 epochs) {
        return (0, 0);
    }
}
