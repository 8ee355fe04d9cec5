// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC4626Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC4626Upgradeable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Managed} from "../libraries/Managed.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ExitValue} from "./ExitValue.sol";
import {IERC7540Operator, IERC7540Redeem, IERC7575Share} from "./IERC7540.sol";
import {ILiquidStakingVault} from "./ILiquidStakingVault.sol";

/// @notice Books of the liquid vault: what it has, who waits for it, and the views of both.
/// @dev Documented in `ILiquidStakingVault`.
abstract contract LiquidStakingBook is ILiquidStakingVault, Managed, ERC4626Upgradeable {
    using Math for uint256;

    /// @param idle Tokens that wait for an allocation.
    /// @param reserved Tokens in the pots of days.
    /// @param unharvested Rewards that positions earned and that are in no book yet.
    /// @param returning Exits of which the vault owns a part; few.
    /// @param parts Which day owns how much of an exit's tokens.
    /// @custom:storage-location erc7201:tburn.storage.LiquidStakingVault
    struct Storage {
        uint64 memberNo;
        uint16 capBps;
        uint128 idle;
        uint128 reserved;
        uint128 unharvested;
        Allocation[] allocations;
        uint256[] returning;
        mapping(uint256 exitId => Exit) exits;
        mapping(uint256 exitId => uint32[]) fedDays;
        mapping(uint256 exitId => mapping(uint32 day => uint256)) parts;
        mapping(uint32 day => Day) pots;
        mapping(address controller => mapping(uint32 day => uint256 shares)) requests;
        mapping(address controller => uint32[]) requestDays;
        mapping(address controller => mapping(address operator => bool)) operators;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.LiquidStakingVault")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0xae2bd798d488597e2448615634a3a669f5867e8e20778493334049e02e552f00;

    /// @dev Interface id that ERC-7575 gives itself.
    bytes4 internal constant ERC7575_ID = 0x2f0a18c5;

    IStakingCore internal immutable _core;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IStakingCore core) {
        _core = core;
    }

    /* VALUE */

    /// @notice Idle tokens, positions, and exits on their way back; not what waits for redeemers.
    function totalAssets() public view override returns (uint256 total) {
        Storage storage $ = _storage();
        total = $.idle;
        for (uint256 i; i < $.allocations.length; ++i) total += _valueOf($.allocations[i]);
        for (uint256 i; i < $.returning.length; ++i) {
            uint256 exitId = $.returning[i];
            Exit memory e = $.exits[exitId];
            if (e.ours == 0) continue;
            uint256 value = _core.request(exitId).owner != 0 ? _core.requestValue(exitId) : ExitValue.kept(_core, e);
            total += value.mulDiv(e.ours, e.tokens);
        }
    }

    function _valueOf(Allocation storage a) internal view returns (uint256) {
        return a.positionId == 0 ? 0 : _core.positionValue(a.positionId);
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }

    /* VIEWS */

    /// @inheritdoc IERC7575Share
    function share() external view returns (address) {
        return address(this);
    }

    /// @inheritdoc ILiquidStakingVault
    function memberNo() external view returns (uint64) {
        return _storage().memberNo;
    }

    /// @inheritdoc ILiquidStakingVault
    function capBps() external view returns (uint16) {
        return _storage().capBps;
    }

    /// @inheritdoc ILiquidStakingVault
    function idle() external view returns (uint256) {
        return _storage().idle;
    }

    /// @inheritdoc ILiquidStakingVault
    function reserved() external view returns (uint256) {
        return _storage().reserved;
    }

    /// @inheritdoc ILiquidStakingVault
    function allocations() external view returns (Allocation[] memory) {
        return _storage().allocations;
    }

    /// @inheritdoc ILiquidStakingVault
    function returning() external view returns (uint256[] memory exitIds) {
        return _storage().returning;
    }

    /// @inheritdoc ILiquidStakingVault
    function exit(uint256 exitId) external view returns (Exit memory) {
        return _storage().exits[exitId];
    }

    /// @inheritdoc ILiquidStakingVault
    function dayPot(uint256 requestId) external view returns (Day memory pot) {
        if (requestId <= type(uint32).max) pot = _storage().pots[uint32(requestId)];
    }

    /// @inheritdoc ILiquidStakingVault
    function requestDays(address controller) external view returns (uint32[] memory) {
        return _storage().requestDays[controller];
    }

    /// @inheritdoc IERC7540Operator
    function isOperator(address controller, address operator) public view returns (bool) {
        return _storage().operators[controller][operator];
    }

    /// @inheritdoc ILiquidStakingVault
    function isClaimable(uint256 requestId) public view returns (bool) {
        // While the day lasts, others may join it.
        return _core.dayOf(uint40(block.timestamp)) > requestId && _storage().pots[uint32(requestId)].open == 0;
    }

    /// @inheritdoc IERC7540Redeem
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256 shares) {
        return isClaimable(requestId) ? 0 : _requestOf(requestId, controller);
    }

    /// @inheritdoc IERC7540Redeem
    function claimableRedeemRequest(uint256 requestId, address controller) public view returns (uint256 shares) {
        return isClaimable(requestId) ? _requestOf(requestId, controller) : 0;
    }

    /// @notice Shares of `controller` that `redeem` pays now.
    function maxRedeem(address controller) public view override returns (uint256 shares) {
        uint32[] memory days_ = _storage().requestDays[controller];
        for (uint256 i; i < days_.length; ++i) shares += claimableRedeemRequest(days_[i], controller);
    }

    /// @notice Tokens that `withdraw` pays `controller` now.
    function maxWithdraw(address controller) public view override returns (uint256 assets) {
        uint32[] memory days_ = _storage().requestDays[controller];
        for (uint256 i; i < days_.length; ++i) {
            assets += _worth(days_[i], claimableRedeemRequest(days_[i], controller));
        }
    }

    /* INTERNALS: BOOKS */

    function _requestOf(uint256 requestId, address controller) private view returns (uint256) {
        return requestId > type(uint32).max ? 0 : _storage().requests[controller][uint32(requestId)];
    }

    /// @dev The day's one rate: its totals stay as they were when it became claimable.
    function _worth(uint32 day, uint256 shares) internal view returns (uint256) {
        Day storage pot = _storage().pots[day];
        return shares == 0 ? 0 : shares.mulDiv(pot.assets, pot.shares);
    }

    function _enter(address controller, uint32 day, uint256 shares) internal {
        Storage storage $ = _storage();
        if ($.requests[controller][day] == 0) $.requestDays[controller].push(day);
        $.requests[controller][day] += shares;
        $.pots[day].shares += shares;
    }

    function _spend(address controller, uint32 day, uint256 shares) internal {
        Storage storage $ = _storage();
        uint256 left = $.requests[controller][day] - shares;
        $.requests[controller][day] = left;
        if (left != 0) return;
        uint32[] storage days_ = $.requestDays[controller];
        for (uint256 i; i < days_.length; ++i) {
            if (days_[i] != day) continue;
            days_[i] = days_[days_.length - 1];
            days_.pop();
            return;
        }
    }

    function _find(uint32 validatorId) internal view returns (bool found, uint256 index) {
        Allocation[] storage list = _storage().allocations;
        for (; index < list.length; ++index) if (list[index].validatorId == validatorId) return (true, index);
    }

    function _storage() internal pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
