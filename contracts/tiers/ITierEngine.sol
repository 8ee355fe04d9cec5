// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TierTable} from "../libraries/TierTable.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberStatus} from "../types/MemberStatus.sol";
import {MemberTier} from "../types/MemberTier.sol";
import {ShownTier} from "../types/ShownTier.sol";

/// @notice Tiers of members, decided by facts on chain alone.
/// @dev A change is staged and takes effect after a grace, if the facts still support it then. A promotion never reaches
/// above what was staged, and falls with the facts; a demotion goes to whatever the facts support at its end. Facts that
/// come back cancel it, but the grace that a demotion has used stays used for one interval: to waver buys no time.
/// Sanctions are not tiers: jail, tombstone and suspension act at once, through `isEligible`, `ownStakeWeightBps` and
/// `shownTierOf`.
interface ITierEngine {
    /// @param promotionGrace Seconds from staging a promotion to its effect, at most 30 days.
    /// @param demotionGrace The same for a demotion.
    /// @param interval Seconds after a change in which no promotion is staged, at most 30 days.
    /// @param minReports Reported epochs below which a validator is a candidate at most, up to 30. At 0 a validator that was
    /// never reported is not held back, without which no network could begin.
    /// @param enterpriseWeightBps Weight of an Enterprise validator's own stake in votes, 10,000 to 20,000.
    /// @param governanceWeightBps The same for a Governance validator.
    struct Parameters {
        uint40 promotionGrace;
        uint40 demotionGrace;
        uint40 interval;
        uint8 minReports;
        uint16 enterpriseWeightBps;
        uint16 governanceWeightBps;
    }

    /// @notice What the chain knows about a member.
    /// @param validatorId 0 if the member runs none.
    /// @param uptimeBps Mean over `epochs` reported epochs.
    /// @param points Penalty points for broken SLAs, as last counted.
    struct Facts {
        MemberStatus status;
        KycLevel kyc;
        uint32 validatorId;
        uint256 selfStake;
        uint256 delegated;
        uint16 uptimeBps;
        uint8 epochs;
        uint8 points;
        bool genesis;
        bool governance;
    }

    /// @param staged Tier that waits; counts only while `effectiveAt` is set.
    /// @param stagedAt Unix seconds.
    /// @param effectiveAt Unix seconds from which the staged tier can be made the one in force; 0 if none waits.
    /// @param changedAt Unix seconds of the last change.
    /// @param cancelledAt Unix seconds at which the last demotion was cancelled.
    /// @param graceUsed Seconds of grace that cancelled demotions used.
    /// @param reports The oracle's count of reports up to which breaches are counted.
    /// @param points Penalty points.
    /// @param clean Epochs without a breach since the last one, or since the last point decayed.
    struct Grade {
        MemberTier tier;
        MemberTier staged;
        uint40 stagedAt;
        uint40 effectiveAt;
        uint40 changedAt;
        uint40 cancelledAt;
        uint32 graceUsed;
        uint16 reports;
        uint8 points;
        uint8 clean;
        bool genesis;
        bool governance;
    }

    /// @notice What a member may do now.
    /// @param vote Whether it has units to vote with.
    /// @param weightBps Weight of its own stake in votes; 0 without a validator in good standing.
    /// @param proposeBlocks Whether its validator is in the set that proposes blocks.
    /// @param acceptDelegation Whether its validator takes delegations.
    struct Capabilities {
        bool vote;
        uint16 weightBps;
        bool proposeBlocks;
        bool acceptDelegation;
        uint16 capRatio;
        uint32 maxPositions;
        uint16 minCommissionBps;
        uint16 maxCommissionBps;
        uint16 slaBps;
        uint16 minUptimeBps;
    }

    /// @notice One validator of the set that proposes blocks.
    /// @param stake Own and delegated, base units.
    struct SetEntry {
        uint32 validatorId;
        bytes32 keyHash;
        uint256 stake;
    }

    // -- Events --

    /// @notice `to` takes effect from `effectiveAt` on, if `evaluate` finds the facts unchanged. `reasonBits`: 0 stake,
    /// 1 KYC, 2 uptime, 3 SLA points, 4 standing, 5 appointment; what `from` lacks, or what `to` asks for beyond it.
    event TierStaged(uint64 indexed memberNo, MemberTier from, MemberTier to, uint256 reasonBits, uint40 effectiveAt);
    event TierChanged(uint64 indexed memberNo, MemberTier from, MemberTier to, uint256 reasonBits, uint40 changedAt);
    /// @notice The facts support `tier` again.
    event TierStagingCancelled(uint64 indexed memberNo, MemberTier tier, MemberTier staged);
    event PenaltyPointsChanged(uint64 indexed memberNo, uint32 indexed validatorId, uint256 breaches, uint8 points);
    event MemberAppointed(uint64 indexed memberNo, MemberTier tier, bool appointed);
    event ParametersChanged(Parameters parameters);
    /// @notice The votes failed to count the member anew; `refresh` mends it.
    event VotesNotTold(uint64 indexed memberNo);

    // -- Errors --

    error TierEngine_NoSuchMember(uint64 memberNo);
    error TierEngine_NotAppointable(MemberTier tier);
    error TierEngine_OutOfRange(uint256 value, uint256 lowest, uint256 highest);
    error TierEngine_AlreadyConnected();
    /// @notice Send it again with a higher gas limit.
    error TierEngine_GasTooLow(uint256 offered, uint256 needed);

    /// @notice Looks at the facts, stages or makes a change. Anyone. Never reverts for an existing member.
    /// @return tier Tier in force afterwards.
    function evaluate(uint64 memberNo) external returns (MemberTier tier);

    /// @notice Appoints a member Genesis or Governance validator, or ends that. Only the administrator, that is governance.
    /// @dev Takes effect through `evaluate`, and only while the facts support an active validator: nobody can grant a tier
    /// against them.
    function appoint(uint64 memberNo, MemberTier tier, bool appointed) external;

    /// @notice Only the parameter role.
    function setParameters(Parameters calldata parameters) external;

    // -- Views --

    /// @notice Tier in force; `BasicUser` for whoever was never evaluated.
    function tierOf(uint64 memberNo) external view returns (MemberTier);

    /// @notice Tier as people read it.
    function shownTierOf(uint64 memberNo) external view returns (ShownTier);

    /// @notice Highest tier that the facts support now.
    function supportedTierOf(uint64 memberNo) external view returns (MemberTier);

    function factsOf(uint64 memberNo) external view returns (Facts memory);

    function gradeOf(uint64 memberNo) external view returns (Grade memory);

    /// @notice What `tier` asks for.
    function requirementsOf(MemberTier tier) external pure returns (TierTable.Requirements memory);

    /// @notice What the member lacks for `tier`, in the reason bits of `TierStaged`; bit 3 while its points bar promotions.
    function missingFor(uint64 memberNo, MemberTier tier) external view returns (uint256 reasonBits);

    function capabilitiesOf(uint64 memberNo) external view returns (Capabilities memory);

    /// @notice Whether the validator may propose blocks: active, at liberty, its member in good standing.
    function isEligible(uint32 validatorId) external view returns (bool);

    /// @notice Weight of a validator's own stake in votes, basis points of one: 0 while jailed or barred.
    function ownStakeWeightBps(uint32 validatorId) external view returns (uint16);

    /// @notice `keccak256(abi.encode(SetEntry[]))` of the eligible validators, ascending by id.
    /// @dev Walks over all validators ever registered, about 25,000 gas each: for calls, not for transactions.
    function activeSetRoot() external view returns (bytes32);

    /// @notice The eligible validators, ascending by id; bounded as `activeSetRoot`.
    function activeSet() external view returns (SetEntry[] memory);

    /// @notice Whether `encodedSet`, `abi.encode(SetEntry[])`, is the set of now.
    function isActiveSet(bytes calldata encodedSet) external view returns (bool);

    function parameters() external view returns (Parameters memory);
}
