// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @notice The network's token: ERC-20 with permit (ERC-2612), burning, and a mint that no role can carry past the cap.
interface ITBurnToken is IERC20, IERC20Permit {
    /// @notice Minting `amount` would lift the total supply above `cap`.
    error TBurnToken_CapExceeded(uint256 amount, uint256 supply, uint256 cap);

    /// @notice Highest total supply, for ever.
    function cap() external view returns (uint256);

    /// @notice Creates `amount` for `to`. Only the minter role.
    function mint(address to, uint256 amount) external;

    /// @notice Destroys `amount` of the caller's tokens.
    function burn(uint256 amount) external;
}
