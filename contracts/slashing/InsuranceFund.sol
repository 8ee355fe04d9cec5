// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Managed} from "../libraries/Managed.sol";
import {IInsuranceFund} from "./IInsuranceFund.sol";

/// @notice Capped compensation.
/// @dev Documented in `IInsuranceFund`.
contract InsuranceFund is IInsuranceFund, Managed {
    using SafeERC20 for IERC20;

    /// @custom:storage-location erc7201:tburn.storage.InsuranceFund
    struct Storage {
        Caps caps;
        mapping(uint256 caseId => bool) compensated;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.InsuranceFund")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x353660955d5a4cd660e3c41f081b05dc6c1a3d7dc581bae2645455c495717600;

    /// @dev Most of the fund that one case may ever take, basis points.
    uint16 private constant HIGHEST_CAP_BPS = 1_000;
    uint256 private constant BPS = 10_000;

    IERC20 private immutable _token;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 token) {
        _token = token;
    }

    function initialize(address authority_, Caps calldata caps_) external initializer {
        __AccessManaged_init(authority_);
        _setCaps(caps_);
    }

    /// @inheritdoc IInsuranceFund
    function fund(uint256 amount) external {
        if (amount == 0) revert InsuranceFund_ZeroAmount();
        emit InsuranceFunded(msg.sender, amount);
        _token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IInsuranceFund
    function compensate(address to, uint256 amount, uint256 caseId) external restricted returns (uint256 paid) {
        Storage storage $ = _storage();

        // Check: once per case.
        if (to == address(0)) revert InsuranceFund_ZeroAddress();
        if ($.compensated[caseId]) revert InsuranceFund_AlreadyCompensated(caseId);

        // Effect: what the caps allow, which may be nothing.
        $.compensated[caseId] = true;
        paid = available();
        if (amount < paid) paid = amount;
        emit CompensationPaid(caseId, to, amount, paid);

        // Interaction: to the member wronged.
        if (paid != 0) _token.safeTransfer(to, paid);
    }

    /// @inheritdoc IInsuranceFund
    function setCaps(Caps calldata caps_) external restricted {
        _setCaps(caps_);
    }

    /* VIEWS */

    /// @inheritdoc IInsuranceFund
    function caps() external view returns (Caps memory) {
        return _storage().caps;
    }

    /// @inheritdoc IInsuranceFund
    function balance() public view returns (uint256) {
        return _token.balanceOf(address(this));
    }

    /// @inheritdoc IInsuranceFund
    function available() public view returns (uint256 amount) {
        Caps memory c = _storage().caps;
        amount = (balance() * c.capBps) / BPS;
        if (amount > c.maxPerCase) amount = c.maxPerCase;
    }

    /// @inheritdoc IInsuranceFund
    function isCompensated(uint256 caseId) external view returns (bool) {
        return _storage().compensated[caseId];
    }

    /* INTERNALS */

    function _setCaps(Caps calldata caps_) private {
        if (caps_.capBps > HIGHEST_CAP_BPS) revert InsuranceFund_CapTooHigh(caps_.capBps, HIGHEST_CAP_BPS);
        _storage().caps = caps_;
        emit CapsChanged(caps_.capBps, caps_.maxPerCase);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
