// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Operators of ERC-7540: they request and claim in their controller's name. Interface id 0xe3bc4e65.
interface IERC7540Operator {
    event OperatorSet(address indexed controller, address indexed operator, bool approved);

    function setOperator(address operator, bool approved) external returns (bool);

    function isOperator(address controller, address operator) external view returns (bool status);
}

/// @notice Asynchronous redemption of ERC-7540. Interface id 0x620ee8e4.
interface IERC7540Redeem {
    event RedeemRequest(
        address indexed controller,
        address indexed owner,
        uint256 indexed requestId,
        address sender,
        uint256 shares
    );

    /// @notice Gives `shares` of `owner` up; what they are worth waits for `controller` under `requestId`.
    function requestRedeem(uint256 shares, address controller, address owner) external returns (uint256 requestId);

    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256 shares);

    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256 shares);
}

/// @notice The part of ERC-7575 that ERC-7540 asks for. Interface id of ERC-7575: 0x2f0a18c5.
interface IERC7575Share {
    /// @notice Token of the vault's shares.
    function share() external view returns (address);
}
