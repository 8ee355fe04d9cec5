// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Holds rewards, never stake: credits epochs, pays positions, validators and commissions.
/// @dev Amounts are base units. Claims pay the member's payout address, whoever calls.
interface IRewardVault {
    /// @param amount Reward of the validator and its delegators for the epoch.
    struct Credit {
        uint32 validatorId;
        uint256 amount;
    }

    // -- Events --

    event RewardsFunded(address indexed from, uint256 amount);

    /// @notice `selfPart + commission + net` was credited; `accumulatorRay` is the pool's accumulator after it.
    event EpochCredited(
        uint32 indexed epoch,
        uint32 indexed validatorId,
        uint256 selfPart,
        uint256 commission,
        uint256 net,
        uint256 accumulatorRay
    );
    event RewardsClaimed(uint256 indexed positionId, uint64 indexed memberNo, uint256 amount, address to);
    event RewardsCompounded(uint256 indexed positionId, uint64 indexed memberNo, uint256 amount);
    event AutoCompoundChanged(uint256 indexed positionId, bool enabled);
    event CommissionClaimed(
        uint32 indexed validatorId,
        uint64 indexed memberNo,
        uint256 commission,
        uint256 selfRewards,
        address to
    );

    // -- Errors --

    error RewardVault_FutureEpoch(uint32 epoch, uint32 current);
    error RewardVault_PastEpoch(uint32 epoch, uint32 last);
    error RewardVault_AlreadyCredited(uint32 epoch, uint32 validatorId);
    error RewardVault_NotEarning(uint32 validatorId);
    error RewardVault_BudgetExceeded(uint256 amount, uint256 left);
    error RewardVault_NotOwner(uint256 positionId, address caller);
    error RewardVault_NothingToClaim(uint256 id);
    error RewardVault_OpenCase(uint32 validatorId);
    error RewardVault_NoSuchValidator(uint32 validatorId);
    error RewardVault_ZeroAmount();

    /// @notice Adds reward tokens. Anyone.
    function fund(uint256 amount) external;

    /// @notice Credits validators for `epoch`, in one call or in pages. Only the reporter role.
    /// @dev The budget grows by `epochBudget` per epoch, never past what was funded; the rest carries over.
    function creditEpoch(uint32 epoch, Credit[] calldata credits) external;

    /// @notice Pays what positions have earned to their owners' payout addresses. Anyone may call.
    function claimRewards(uint256[] calldata positionIds) external returns (uint256 paid);

    /// @notice Delegates a position's rewards to the same position. Its owner, or anyone if auto-compound is on.
    function compound(uint256 positionId, uint256 minShares) external returns (uint256 amount);

    /// @notice Lets anyone compound the caller's position.
    function setAutoCompound(uint256 positionId, bool enabled) external;

    /// @notice Pays a validator's commission and own rewards. Anyone may call; held while a case is open.
    function claimCommission(uint32 validatorId) external returns (uint256 paid);

    // -- Views --

    function currentEpoch() external view returns (uint32);

    function lastEpoch() external view returns (uint32);

    function epochBudget() external view returns (uint256);

    /// @notice What may still be credited for `epoch`.
    function budgetFor(uint32 epoch) external view returns (uint256);

    /// @notice Funded tokens that are not credited yet.
    function uncredited() external view returns (uint256);

    function commissionOf(uint32 validatorId) external view returns (uint256 commission, uint256 selfRewards);

    function autoCompound(uint256 positionId) external view returns (bool);
}
