// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

import {ITBurnToken} from "./ITBurnToken.sol";

/// @notice The network's token.
/// @dev Documented in `ITBurnToken`. Not upgradeable on purpose: a holder must not have to trust an upgrader with balances.
contract TBurnToken is ERC20, ERC20Burnable, ERC20Permit, AccessManaged, ITBurnToken {
    /// @inheritdoc ITBurnToken
    uint256 public immutable override cap;

    constructor(
        address authority_,
        address treasury,
        uint256 genesis,
        uint256 cap_
    ) ERC20("TBURN", "TBURN") ERC20Permit("TBURN") AccessManaged(authority_) {
        cap = cap_;
        _mintCapped(treasury, genesis);
    }

    /// @inheritdoc ITBurnToken
    function mint(address to, uint256 amount) external restricted {
        _mintCapped(to, amount);
    }

    /// @inheritdoc ITBurnToken
    function burn(uint256 amount) public override(ERC20Burnable, ITBurnToken) {
        super.burn(amount);
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(ERC20Permit, IERC20Permit) returns (uint256) {
        return super.nonces(owner);
    }

    function _mintCapped(address to, uint256 amount) private {
        // Check: the cap holds.
        if (amount > cap - totalSupply()) revert TBurnToken_CapExceeded(amount, totalSupply(), cap);
        _mint(to, amount);
    }
}
