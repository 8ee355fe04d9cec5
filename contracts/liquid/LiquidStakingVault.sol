// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {ERC20PermitUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {ERC4626Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC4626Upgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IKycRegistry} from "../identity/IKycRegistry.sol";
import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IRewardVault} from "../staking/IRewardVault.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IERC7540Operator, IERC7540Redeem} from "./IERC7540.sol";
import {ILiquidStakingVault} from "./ILiquidStakingVault.sol";
import {LiquidExits} from "./LiquidExits.sol";
import {LiquidStakingBook} from "./LiquidStakingBook.sol";

/// @notice The verbs of sTBURN; storage, value and views are in `LiquidStakingBook`.
/// @dev Documented in `ILiquidStakingVault`.
contract LiquidStakingVault is LiquidStakingBook, ERC20PermitUpgradeable, ReentrancyGuardTransient {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev Smallest redemption, unless it is all that the owner has: each costs its collector gas.
    uint256 private constant MIN_REDEMPTION = 1e18;
    uint256 private constant MAX_VALIDATORS = 16;
    /// @dev Positions and returning exits together, so that no redemption is refused for their number.
    uint256 private constant MAX_BUCKETS = 32;
    uint256 private constant BPS = 10_000;

    IMemberRegistry private immutable _members;
    IKycRegistry private immutable _kyc;
    IValidatorRegistry private immutable _validators;
    IRewardVault private immutable _rewards;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(
        IMemberRegistry members,
        IKycRegistry kyc,
        IValidatorRegistry validators,
        IStakingCore core,
        IRewardVault rewards
    ) LiquidStakingBook(core) {
        _members = members;
        _kyc = kyc;
        _validators = validators;
        _rewards = rewards;
    }

    /// @param capBps_ Largest part of all assets at one validator.
    function initialize(address authority_, IERC20 token, uint16 capBps_) external initializer {
        __AccessManaged_init(authority_);
        __ERC20_init("Staked TBURN", "sTBURN");
        __ERC4626_init(token);
        __ERC20Permit_init("Staked TBURN");
        _setCap(capBps_);
    }

    /* ADMINISTRATION */

    /// @inheritdoc ILiquidStakingVault
    function join(bytes32 salt) external restricted returns (uint64 memberNo_) {
        Storage storage $ = _storage();
        if ($.memberNo != 0) revert LiquidStakingVault_AlreadyJoined($.memberNo);
        memberNo_ = _members.register(salt);
        $.memberNo = memberNo_;
        emit Joined(memberNo_);
    }

    /// @inheritdoc ILiquidStakingVault
    function setValidator(uint32 validatorId, bool listed) external restricted {
        Storage storage $ = _storage();
        uint256 count = $.allocations.length;
        (bool found, uint256 index) = _find(validatorId);
        if (listed) {
            // Check: a validator that exists, once, and few enough to walk.
            if (_validators.memberNoOf(validatorId) == 0) revert LiquidStakingVault_NoSuchValidator(validatorId);
            if (found) revert LiquidStakingVault_AlreadyListed(validatorId);
            if (count == MAX_VALIDATORS) revert LiquidStakingVault_TooManyValidators(MAX_VALIDATORS);
            $.allocations.push(Allocation(validatorId, 0, 0));
        } else {
            if (!found) revert LiquidStakingVault_NotListed(validatorId);
            uint256 value = _valueOf($.allocations[index]);
            if (value != 0) revert LiquidStakingVault_StillAllocated(validatorId, value);
            $.allocations[index] = $.allocations[count - 1];
            $.allocations.pop();
        }
        emit ValidatorListed(validatorId, listed);
    }

    /// @inheritdoc ILiquidStakingVault
    function setCap(uint16 bps) external restricted {
        _setCap(bps);
    }

    /* OPERATION */

    /// @inheritdoc ILiquidStakingVault
    function allocate(
        uint32 validatorId,
        uint256 tokens,
        uint256 minShares
    ) external restricted nonReentrant returns (uint256 positionId) {
        Storage storage $ = _storage();
        (bool found, uint256 index) = _find(validatorId);
        if (!found) revert LiquidStakingVault_NotListed(validatorId);
        if (tokens > $.idle) revert LiquidStakingVault_InsufficientIdle(tokens, $.idle);
        Allocation storage a = $.allocations[index];
        if (a.positionId == 0) _requireRoom();
        LiquidExits.settle($, _peers(), index);

        // Interaction: idle tokens become a position, or add to one.
        $.idle -= tokens.toUint128();
        IERC20(asset()).forceApprove(address(_core), tokens);
        positionId = _core.delegate(validatorId, tokens, minShares);

        // Effect: a wiped position is replaced by a new one.
        a.positionId = positionId.toUint64();
        a.accSeen = _core.accumulatorOf(validatorId);

        // Check: no validator holds too much of it.
        uint256 value = _valueOf(a);
        uint256 cap = (totalAssets() * $.capBps) / BPS;
        if (value > cap) revert LiquidStakingVault_CapExceeded(value, cap);
        emit Allocated(validatorId, positionId, tokens);
    }

    /// @inheritdoc ILiquidStakingVault
    function deallocate(
        uint256 positionId,
        uint256 shares,
        uint256 minTokens
    ) external restricted nonReentrant returns (uint256 exitId) {
        Storage storage $ = _storage();
        for (uint256 i; i < $.allocations.length; ++i) {
            Allocation storage a = $.allocations[i];
            if (positionId == 0 || a.positionId != positionId) continue;
            _requireRoom();
            uint256 tokens;
            (exitId, tokens) = LiquidExits.leave($, _peers(), i, shares, minTokens);
            emit Deallocated(a.validatorId, positionId, exitId, tokens);
            return exitId;
        }
        revert LiquidStakingVault_NoSuchPosition(positionId);
    }

    /* ANYONE */

    /// @inheritdoc ILiquidStakingVault
    function harvest() external nonReentrant returns (uint256 tokens) {
        return LiquidExits.harvest(_storage(), _peers());
    }

    /// @inheritdoc ILiquidStakingVault
    function collect(uint256[] calldata exitIds) external nonReentrant {
        LiquidExits.collect(_storage(), _peers(), exitIds);
    }

    /// @inheritdoc ILiquidStakingVault
    function refuseRecovery() external {
        _members.cancelRecovery();
    }

    /* DEPOSITS */

    /// @notice Only members with KYC; stopped while a validator with stake of the vault is under suspicion.
    function deposit(uint256 assets, address receiver) public override nonReentrant returns (uint256) {
        _requireEntrant();
        _requireUnsuspected();
        return super.deposit(assets, receiver);
    }

    /// @notice As `deposit`, for a number of shares.
    function mint(uint256 shares, address receiver) public override nonReentrant returns (uint256) {
        _requireEntrant();
        _requireUnsuspected();
        return super.mint(shares, receiver);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        _storage().idle += assets.toUint128();
    }

    /// @notice 0 while deposits are stopped. KYC is the caller's matter, not the receiver's.
    function maxDeposit(address) public view override returns (uint256) {
        return _suspect() == 0 ? type(uint128).max : 0;
    }

    function maxMint(address) public view override returns (uint256) {
        return _suspect() == 0 ? type(uint256).max : 0;
    }

    /* REDEMPTION */

    /// @inheritdoc IERC7540Operator
    function setOperator(address operator, bool approved) external returns (bool) {
        _storage().operators[msg.sender][operator] = approved;
        emit IERC7540Operator.OperatorSet(msg.sender, operator, approved);
        return true;
    }

    /// @inheritdoc IERC7540Redeem
    function requestRedeem(
        uint256 shares,
        address controller,
        address owner
    ) external nonReentrant returns (uint256 requestId) {
        if (controller == address(0)) revert LiquidStakingVault_ZeroAddress();
        // Check: the owner, its operator, or somebody with an allowance.
        if (owner != msg.sender && !isOperator(owner, msg.sender)) _spendAllowance(owner, msg.sender, shares);
        uint256 total = totalAssets();
        uint256 assets = shares.mulDiv(total + 1, totalSupply() + 10 ** _decimalsOffset());
        if (assets > total) assets = total;
        if (assets == 0 || (assets < MIN_REDEMPTION && shares != balanceOf(owner))) {
            revert LiquidStakingVault_BelowMinimum(assets, MIN_REDEMPTION);
        }

        // Effect: shares go, and the day's pot will get what they were worth.
        _burn(owner, shares);
        uint32 day = _core.dayOf(uint40(block.timestamp));
        requestId = day;
        _enter(controller, day, shares);
        emit IERC7540Redeem.RedeemRequest(controller, owner, requestId, msg.sender, shares);
        emit RedemptionPriced(requestId, controller, shares, assets);

        // Interaction: the same fraction of everything.
        LiquidExits.take(_storage(), _peers(), day, assets, total);
    }

    /// @inheritdoc ILiquidStakingVault
    function redeemRequest(
        uint256 requestId,
        address receiver,
        address controller
    ) external nonReentrant returns (uint256 assets) {
        _requireController(controller);
        uint256 shares = claimableRedeemRequest(requestId, controller);
        if (shares == 0) revert LiquidStakingVault_NotClaimable(requestId, controller);
        assets = _worth(uint32(requestId), shares);
        _spend(controller, uint32(requestId), shares);
        _payOut(receiver, controller, assets, shares);
    }

    /// @notice Pays `shares` of `controller`'s claimable redemptions.
    function redeem(
        uint256 shares,
        address receiver,
        address controller
    ) public override nonReentrant returns (uint256 assets) {
        _requireController(controller);
        uint256 most = maxRedeem(controller);
        if (shares > most) revert ERC4626ExceededMaxRedeem(controller, shares, most);
        uint256 left = shares;
        uint32[] memory days_ = _storage().requestDays[controller];
        for (uint256 i; i < days_.length && left != 0; ++i) {
            uint256 part = Math.min(left, claimableRedeemRequest(days_[i], controller));
            if (part == 0) continue;
            assets += _worth(days_[i], part);
            left -= part;
            _spend(controller, days_[i], part);
        }
        _payOut(receiver, controller, assets, shares);
    }

    /// @notice Pays `assets` of `controller`'s claimable redemptions.
    function withdraw(
        uint256 assets,
        address receiver,
        address controller
    ) public override nonReentrant returns (uint256 shares) {
        _requireController(controller);
        uint256 most = maxWithdraw(controller);
        if (assets > most) revert ERC4626ExceededMaxWithdraw(controller, assets, most);
        uint256 left = assets;
        uint32[] memory days_ = _storage().requestDays[controller];
        for (uint256 i; i < days_.length && left != 0; ++i) {
            uint256 held = claimableRedeemRequest(days_[i], controller);
            uint256 value = _worth(days_[i], held);
            if (value == 0) continue;
            Day storage pot = _storage().pots[days_[i]];
            uint256 part = left >= value ? held : left.mulDiv(pot.shares, pot.assets, Math.Rounding.Ceil);
            left -= Math.min(left, value);
            shares += part;
            _spend(controller, days_[i], part);
        }
        _payOut(receiver, controller, assets, shares);
    }

    /// @notice Reverts always (ERC-7540).
    function previewRedeem(uint256) public pure override returns (uint256) {
        revert LiquidStakingVault_Asynchronous();
    }

    /// @notice Reverts always (ERC-7540).
    function previewWithdraw(uint256) public pure override returns (uint256) {
        revert LiquidStakingVault_Asynchronous();
    }

    /* VIEWS */

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC165).interfaceId ||
            id == type(IERC7540Operator).interfaceId ||
            id == type(IERC7540Redeem).interfaceId ||
            id == ERC7575_ID;
    }

    function decimals() public view override(ERC20Upgradeable, ERC4626Upgradeable) returns (uint8) {
        return super.decimals();
    }

    /* INTERNALS */

    function _payOut(address receiver, address controller, uint256 assets, uint256 shares) private {
        _storage().reserved -= assets.toUint128();
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
        IERC20(asset()).safeTransfer(receiver, assets);
    }

    function _peers() private view returns (LiquidExits.Peers memory) {
        return LiquidExits.Peers(IERC20(asset()), _core, _rewards);
    }

    /* INTERNALS: CHECKS */

    function _setCap(uint16 bps) private {
        if (bps == 0 || bps > BPS) revert LiquidStakingVault_BadCap(bps);
        emit CapChanged(_storage().capBps, bps);
        _storage().capBps = bps;
    }

    function _requireEntrant() private view {
        (uint64 memberNo_, MemberStatus status) = _members.standing(msg.sender);
        if (memberNo_ == 0) revert LiquidStakingVault_NotMember(msg.sender);
        if (status != MemberStatus.Active) revert LiquidStakingVault_MemberNotActive(memberNo_);
        KycLevel level = _kyc.levelOf(memberNo_);
        if (level < KycLevel.Basic) revert LiquidStakingVault_KycInsufficient(uint8(level), uint8(KycLevel.Basic));
    }

    function _requireUnsuspected() private view {
        uint32 validatorId = _suspect();
        if (validatorId != 0) revert LiquidStakingVault_DepositsStopped(validatorId);
    }

    /// @dev A validator that holds stake of the vault and may soon be slashed; 0 if there is none.
    function _suspect() private view returns (uint32) {
        Storage storage $ = _storage();
        for (uint256 i; i < $.allocations.length; ++i) {
            Allocation storage a = $.allocations[i];
            if (_valueOf(a) == 0) continue;
            IValidatorRegistry.Validator memory v = _validators.validator(a.validatorId);
            if (v.jailedUntil != 0 || v.tombstoned || _core.openCasesOf(a.validatorId) != 0) return a.validatorId;
        }
        return 0;
    }

    function _requireRoom() private view {
        Storage storage $ = _storage();
        uint256 used = $.returning.length;
        for (uint256 i; i < $.allocations.length; ++i) if ($.allocations[i].positionId != 0) ++used;
        if (used >= MAX_BUCKETS) revert LiquidStakingVault_TooManyExits(MAX_BUCKETS);
    }

    function _requireController(address controller) private view {
        if (controller != msg.sender && !isOperator(controller, msg.sender)) {
            revert LiquidStakingVault_NotController(controller, msg.sender);
        }
    }
}
