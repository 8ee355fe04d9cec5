// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice The cheat codes that these tests use; the full interface costs seconds and hundreds of warnings.
interface Vm {
    function warp(uint256 timestamp) external;

    function roll(uint256 number) external;

    function setBlockhash(uint256 number, bytes32 hash) external;

    function prank(address from) external;

    function expectRevert(bytes4 selector) external;

    function addr(uint256 privateKey) external pure returns (address);

    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function getBlockTimestamp() external view returns (uint256);
}
