// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC7540Operator, IERC7540Redeem, IERC7575Share} from "./IERC7540.sol";

/// @notice sTBURN: a share of stake that the vault, a member like any other, delegates to several validators.
/// @dev ERC-4626 in, ERC-7540 out. Members with KYC deposit; shares move freely. A redemption takes the same fraction
/// of everything that the vault has (idle tokens, positions, exits on their way back), so that whoever leaves carries
/// a slash as whoever stays does. Its request id is the staking core's day: all that leaves on one day is paid at one
/// rate, from one pot. `previewRedeem` and `previewWithdraw` revert, as ERC-7540 wants.
///
/// Tokens are tracked: a transfer to the vault changes no price. Rewards and exits may be pushed to it by anyone
/// through the reward vault and the core; what it can claim is therefore computed, and tokens beyond its books are
/// taken in only up to that.
///
/// Rewards count from `harvest` on, which anyone may call. A deposit just before shares at most what the epoch earned,
/// and leaves after an unbonding of at least seven.
interface ILiquidStakingVault is IERC7540Operator, IERC7540Redeem, IERC7575Share {
    /// @param positionId 0 while nothing is delegated.
    /// @param accSeen Accumulator (RAY per share) up to which rewards are in the books.
    struct Allocation {
        uint32 validatorId;
        uint64 positionId;
        uint256 accSeen;
    }

    /// @notice Redemptions of one day.
    /// @param shares Given up that day.
    /// @param assets Tokens in the pot so far.
    /// @param open Exits that still feed the pot.
    struct Day {
        uint256 shares;
        uint128 assets;
        uint32 open;
    }

    /// @notice An exit request at the core.
    /// @param ours Part of `tokens` that comes back to the vault; the rest belongs to days.
    /// @param keep The cohort's fraction when the exit joined it.
    struct Exit {
        uint32 validatorId;
        uint32 day;
        uint64 keep;
        uint112 tokens;
        uint112 ours;
    }

    // -- Events --

    event Joined(uint64 indexed memberNo);
    event ValidatorListed(uint32 indexed validatorId, bool listed);
    event CapChanged(uint16 from, uint16 to);
    event Allocated(uint32 indexed validatorId, uint256 indexed positionId, uint256 tokens);
    event Deallocated(uint32 indexed validatorId, uint256 indexed positionId, uint256 indexed exitId, uint256 tokens);
    event Harvested(uint256 tokens);
    /// @notice The core paid an exit: `toDays` for redemptions, `toVault` to be allocated again.
    event Collected(uint256 indexed exitId, uint256 toDays, uint256 toVault);
    /// @notice A redemption takes `assets` at the present price; slashes until maturity lower it.
    event RedemptionPriced(uint256 indexed requestId, address indexed controller, uint256 shares, uint256 assets);

    // -- Errors --

    error LiquidStakingVault_NotMember(address caller);
    error LiquidStakingVault_MemberNotActive(uint64 memberNo);
    error LiquidStakingVault_KycInsufficient(uint8 level, uint8 needed);
    /// @notice A validator that holds stake of the vault has an open case, or is jailed or barred.
    error LiquidStakingVault_DepositsStopped(uint32 validatorId);
    error LiquidStakingVault_BelowMinimum(uint256 assets, uint256 minimum);
    error LiquidStakingVault_ZeroAddress();
    error LiquidStakingVault_NotController(address controller, address caller);
    error LiquidStakingVault_Asynchronous();
    error LiquidStakingVault_NotClaimable(uint256 requestId, address controller);
    error LiquidStakingVault_AlreadyJoined(uint64 memberNo);
    error LiquidStakingVault_NoSuchValidator(uint32 validatorId);
    error LiquidStakingVault_AlreadyListed(uint32 validatorId);
    error LiquidStakingVault_NotListed(uint32 validatorId);
    error LiquidStakingVault_TooManyValidators(uint256 maximum);
    error LiquidStakingVault_StillAllocated(uint32 validatorId, uint256 value);
    error LiquidStakingVault_BadCap(uint16 bps);
    error LiquidStakingVault_CapExceeded(uint256 value, uint256 cap);
    error LiquidStakingVault_InsufficientIdle(uint256 tokens, uint256 idle);
    error LiquidStakingVault_TooManyExits(uint256 maximum);
    error LiquidStakingVault_NoSuchPosition(uint256 positionId);
    error LiquidStakingVault_NoSuchExit(uint256 exitId);

    // -- Administration --

    /// @notice Lists a validator for allocation, or takes one off that holds nothing. Only the parameter role.
    function setValidator(uint32 validatorId, bool listed) external;

    /// @notice Largest part of all assets that one validator may hold after an allocation. Only the parameter role.
    function setCap(uint16 bps) external;

    // -- Operation --

    /// @notice Registers the vault as a member, once, before it can delegate. Its KYC is attested like anybody's, which
    /// a deployment cannot do. Only the operator role.
    function join(bytes32 salt) external returns (uint64 memberNo);

    /// @notice Delegates idle tokens to a listed validator. Only the operator role.
    function allocate(uint32 validatorId, uint256 tokens, uint256 minShares) external returns (uint256 positionId);

    /// @notice Brings stake back to idle, through an exit. Only the operator role.
    /// @return exitId 0 if the position was worth nothing.
    function deallocate(uint256 positionId, uint256 shares, uint256 minTokens) external returns (uint256 exitId);

    // -- Anyone --

    /// @notice Claims the positions' rewards and counts them.
    function harvest() external returns (uint256 tokens);

    /// @notice Takes matured exits in. A day is claimable when all of its exits are.
    function collect(uint256[] calldata exitIds) external;

    /// @notice Cancels a recovery of the vault's membership: the vault loses no key, so any recovery would be a theft.
    function refuseRecovery() external;

    // -- Redemption --

    /// @notice Pays one claimable day whole; `redeem` and `withdraw` take from any of the controller's days.
    function redeemRequest(uint256 requestId, address receiver, address controller) external returns (uint256 assets);

    // -- Views --

    function memberNo() external view returns (uint64);

    function capBps() external view returns (uint16);

    /// @notice Tokens that wait for an allocation.
    function idle() external view returns (uint256);

    /// @notice Tokens that wait in the pots of days.
    function reserved() external view returns (uint256);

    function allocations() external view returns (Allocation[] memory);

    /// @notice Exits of which a part comes back to the vault.
    function returning() external view returns (uint256[] memory exitIds);

    function exit(uint256 exitId) external view returns (Exit memory);

    function dayPot(uint256 requestId) external view returns (Day memory);

    /// @notice Days on which `controller` has shares that are not paid.
    function requestDays(address controller) external view returns (uint32[] memory);

    /// @notice Whether the day's pot is full.
    function isClaimable(uint256 requestId) external view returns (bool);
}
