// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MemberTier} from "../types/MemberTier.sol";

/// @notice Tiers of members, decided by facts on chain alone.
interface ITierEngine {
    /// @notice Looks at the facts, stages or makes a change. Anyone. Never reverts for an existing member.
    /// @return tier Tier in force afterwards.
    function evaluate(uint64 memberNo) external returns (MemberTier tier);

    /// @notice Tier in force; `BasicUser` for whoever was never evaluated.
    function tierOf(uint64 memberNo) external view returns (MemberTier);

    /// @notice Weight of a validator's own stake in votes, basis points of one: 0 while jailed or barred.
    function ownStakeWeightBps(uint32 validatorId) external view returns (uint16);
}
