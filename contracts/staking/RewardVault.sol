// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {Managed} from "../libraries/Managed.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IRewardVault} from "./IRewardVault.sol";
import {IStakingCore} from "./IStakingCore.sol";

/// @notice Reward ledger; the staking core keeps the accumulators.
/// @dev Documented in `IRewardVault`.
contract RewardVault is IRewardVault, Managed, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @param lastEpoch Of the validator's latest credit.
    struct Earnings {
        uint32 lastEpoch;
        uint112 commission;
        uint112 selfRewards;
    }

    /// @custom:storage-location erc7201:tburn.storage.RewardVault
    struct Storage {
        uint32 lastEpoch;
        uint40 epochSeconds;
        uint112 epochBudget;
        uint128 budgetLeft;
        uint128 uncredited;
        mapping(uint32 validatorId => Earnings) earnings;
        mapping(uint256 positionId => bool) autoCompound;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.RewardVault")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x483234bf952e56e27191c150a2bcfc4f7828197e8588b930f262de1574159c00;

    uint256 private constant BPS = 10_000;

    IERC20 private immutable _token;
    IMemberRegistry private immutable _members;
    IValidatorRegistry private immutable _validators;
    IStakingCore private immutable _core;
    IProtocolPause private immutable _pause;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(
        IERC20 token,
        IMemberRegistry members,
        IValidatorRegistry validators,
        IStakingCore core,
        IProtocolPause pause
    ) {
        _token = token;
        _members = members;
        _validators = validators;
        _core = core;
        _pause = pause;
    }

    /// @param epochBudget_ Base units that each epoch may credit.
    function initialize(address authority_, uint112 epochBudget_) external initializer {
        __AccessManaged_init(authority_);
        Storage storage $ = _storage();
        $.epochSeconds = _core.windows().epoch;
        $.epochBudget = epochBudget_;
        // The epoch in which the vault begins has no budget of its own.
        $.lastEpoch = currentEpoch();
    }

    /* CREDITS */

    /// @inheritdoc IRewardVault
    function fund(uint256 amount) external nonReentrant {
        if (amount == 0) revert RewardVault_ZeroAmount();
        _token.safeTransferFrom(msg.sender, address(this), amount);
        Storage storage $ = _storage();
        $.uncredited = ($.uncredited + amount).toUint128();
        emit RewardsFunded(msg.sender, amount);
    }

    /// @inheritdoc IRewardVault
    function creditEpoch(uint32 epoch, Credit[] calldata credits) external restricted nonReentrant {
        Storage storage $ = _storage();

        // Check: an epoch that has begun, and none before one already credited.
        uint32 current = currentEpoch();
        if (epoch > current) revert RewardVault_FutureEpoch(epoch, current);
        if (epoch < $.lastEpoch) revert RewardVault_PastEpoch(epoch, $.lastEpoch);

        // Effect: what the epochs since the last one add, then each credit from it.
        uint256 left = budgetFor(epoch);
        uint256 spent;
        for (uint256 i; i < credits.length; ++i) {
            spent += credits[i].amount;
            if (spent > left) revert RewardVault_BudgetExceeded(spent, left);
            _credit(epoch, credits[i]);
        }
        $.lastEpoch = epoch;
        $.budgetLeft = uint128(left - spent);
        $.uncredited -= uint128(spent);
    }

    /* CLAIMS */

    /// @inheritdoc IRewardVault
    function claimRewards(uint256[] calldata positionIds) external nonReentrant returns (uint256 paid) {
        _pause.requireOpen(IProtocolPause.Scope.Rewards);
        for (uint256 i; i < positionIds.length; ++i) {
            (uint256 amount, uint64 memberNo) = _core.takeRewards(positionIds[i]);
            // Somebody else may have claimed some of them meanwhile.
            if (amount == 0) continue;
            address to = _members.payableTo(memberNo);
            paid += amount;
            emit RewardsClaimed(positionIds[i], memberNo, amount, to);
            _token.safeTransfer(to, amount);
        }
        if (paid == 0) revert RewardVault_NothingToClaim(positionIds.length == 0 ? 0 : positionIds[0]);
    }

    /// @inheritdoc IRewardVault
    function compound(uint256 positionId, uint256 minShares) external nonReentrant returns (uint256 amount) {
        _pause.requireOpen(IProtocolPause.Scope.Rewards);
        if (!_storage().autoCompound[positionId]) _requireOwner(positionId);
        uint64 memberNo;
        (amount, memberNo) = _core.takeRewards(positionId);
        if (amount == 0) revert RewardVault_NothingToClaim(positionId);
        emit RewardsCompounded(positionId, memberNo, amount);
        _token.safeTransfer(address(_core), amount);
        _core.compound(positionId, amount, minShares);
    }

    /// @inheritdoc IRewardVault
    function setAutoCompound(uint256 positionId, bool enabled) external {
        _requireOwner(positionId);
        _storage().autoCompound[positionId] = enabled;
        emit AutoCompoundChanged(positionId, enabled);
    }

    /// @inheritdoc IRewardVault
    function claimCommission(uint32 validatorId) external nonReentrant returns (uint256 paid) {
        _pause.requireOpen(IProtocolPause.Scope.Rewards);
        uint64 memberNo = _validators.memberNoOf(validatorId);
        if (memberNo == 0) revert RewardVault_NoSuchValidator(validatorId);
        if (_core.openCasesOf(validatorId) != 0) revert RewardVault_OpenCase(validatorId);
        Earnings storage e = _storage().earnings[validatorId];
        (uint256 commission, uint256 selfRewards) = (e.commission, e.selfRewards);
        paid = commission + selfRewards;
        if (paid == 0) revert RewardVault_NothingToClaim(validatorId);
        e.commission = 0;
        e.selfRewards = 0;
        address to = _members.payableTo(memberNo);
        emit CommissionClaimed(validatorId, memberNo, commission, selfRewards, to);
        _token.safeTransfer(to, paid);
    }

    /* VIEWS */

    /// @inheritdoc IRewardVault
    function currentEpoch() public view returns (uint32) {
        return uint32(block.timestamp / _storage().epochSeconds);
    }

    /// @inheritdoc IRewardVault
    function lastEpoch() external view returns (uint32) {
        return _storage().lastEpoch;
    }

    /// @inheritdoc IRewardVault
    function epochBudget() external view returns (uint256) {
        return _storage().epochBudget;
    }

    /// @inheritdoc IRewardVault
    function budgetFor(uint32 epoch) public view returns (uint256 left) {
        Storage storage $ = _storage();
        if (epoch < $.lastEpoch) return 0;
        left = $.budgetLeft + uint256($.epochBudget) * (epoch - $.lastEpoch);
        if (left > $.uncredited) left = $.uncredited;
    }

    /// @inheritdoc IRewardVault
    function uncredited() external view returns (uint256) {
        return _storage().uncredited;
    }

    /// @inheritdoc IRewardVault
    function commissionOf(uint32 validatorId) external view returns (uint256 commission, uint256 selfRewards) {
        Earnings storage e = _storage().earnings[validatorId];
        return (e.commission, e.selfRewards);
    }

    /// @inheritdoc IRewardVault
    function autoCompound(uint256 positionId) external view returns (bool) {
        return _storage().autoCompound[positionId];
    }

    /* INTERNALS */

    /// @dev Own stake earns first, then the commission on the delegators' part, then the pool (protocol §3).
    function _credit(uint32 epoch, Credit calldata c) private {
        Earnings storage e = _storage().earnings[c.validatorId];
        if (e.lastEpoch >= epoch) revert RewardVault_AlreadyCredited(epoch, c.validatorId);
        if (!_validators.isEarning(c.validatorId)) revert RewardVault_NotEarning(c.validatorId);
        (uint256 self, uint256 delegated) = _core.stakesOf(c.validatorId);
        if (self + delegated == 0) revert RewardVault_NotEarning(c.validatorId);

        uint256 selfPart = (c.amount * self) / (self + delegated);
        uint256 commission;
        uint256 net;
        if (delegated == 0) {
            selfPart = c.amount;
        } else {
            commission = ((c.amount - selfPart) * _validators.clampCommission(c.validatorId)) / BPS;
            net = c.amount - selfPart - commission;
        }
        e.lastEpoch = epoch;
        e.commission = (e.commission + commission).toUint112();
        e.selfRewards = (e.selfRewards + selfPart).toUint112();
        uint256 accumulatorRay = _core.accrue(c.validatorId, net);
        emit EpochCredited(epoch, c.validatorId, selfPart, commission, net, accumulatorRay);
    }

    function _requireOwner(uint256 positionId) private view {
        uint64 owner = _core.position(positionId).owner;
        if (owner == 0 || _members.memberNoOf(msg.sender) != owner) {
            revert RewardVault_NotOwner(positionId, msg.sender);
        }
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
