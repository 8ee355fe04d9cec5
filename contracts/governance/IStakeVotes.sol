// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Voting units of stake: non-transferable, checkpointed by time, delegable.
/// @dev A member's units are the values of its positions at their last touch, and its own stake times the weight of its
/// tier. They count only while the member is in good standing with valid KYC; a jailed or barred validator's own stake
/// counts nothing. Unbonding tokens count nothing from the moment of the request. `sync` and `refresh` are open to all.
interface IStakeVotes {
    /// @param account Wallet that carries the units.
    /// @param delegated Sum of the positions' values at their last touch, base units.
    /// @param self Own stake at its last touch, before the weight.
    /// @param units Units counted for `account` now.
    struct Holding {
        address account;
        uint128 delegated;
        uint128 self;
        uint256 units;
    }

    // -- Hooks --

    /// @notice The position is worth `value` now. Only the staking core.
    function touchPosition(uint256 positionId, uint64 memberNo, uint256 value) external;

    /// @notice The member's validator has `self` of own stake now. Only the staking core.
    function touchSelf(uint64 memberNo, uint256 self) external;

    // -- Anyone --

    /// @notice Brings positions to their present value, for instance after a slash.
    function sync(uint256[] calldata positionIds) external;

    /// @notice Counts a member anew: standing, KYC, weight, jail, and the wallet after a change of keys.
    function refresh(uint64 memberNo) external;

    // -- Views --

    function holding(uint64 memberNo) external view returns (Holding memory);

    /// @notice Value of a position at its last touch.
    function positionUnits(uint256 positionId) external view returns (uint256);
}
