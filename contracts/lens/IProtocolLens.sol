// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IProtocolPause} from "../safety/IProtocolPause.sol";
import {ISlashingManager} from "../slashing/ISlashingManager.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ITierEngine} from "../tiers/ITierEngine.sol";
import {KycLevel} from "../types/KycLevel.sol";
import {MemberTier} from "../types/MemberTier.sol";
import {ShownTier} from "../types/ShownTier.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";

/// @notice What a page needs, in one call, all of one block. Views only; nothing in the system relies on it.
interface IProtocolLens {
    /// @notice A wallet as the system sees it. All zero for a stranger, the balance apart.
    /// @param units Voting units that the wallet carries.
    /// @param votes Units that speak through it.
    /// @param suspensionId Suspension in force; 0 if none.
    struct MemberView {
        uint64 memberNo;
        uint32 validatorId;
        IMemberRegistry.Member member;
        KycLevel kyc;
        MemberTier tier;
        ShownTier shownTier;
        MemberTier supportedTier;
        ITierEngine.Grade grade;
        ITierEngine.Facts facts;
        ITierEngine.Capabilities capabilities;
        uint256 balance;
        uint256 units;
        uint256 votes;
        address delegate;
        uint256 suspensionId;
    }

    /// @param uptimeBps Mean over `reports` reported epochs.
    struct ValidatorView {
        IValidatorRegistry.Validator validator;
        IStakingCore.ValStake stake;
        IValidatorRegistry.Acceptance acceptance;
        uint16 commissionBps;
        MemberTier tier;
        ShownTier shownTier;
        bool earning;
        uint16 uptimeBps;
        uint8 reports;
        uint256 unclaimedCommission;
        uint256 unclaimedSelfRewards;
    }

    /// @param lienOwed What the position's lien would burn now.
    /// @param lienMaturesAt Unix seconds from which the lien can be settled; 0 without one.
    struct PositionView {
        uint256 positionId;
        IStakingCore.Position position;
        uint256 value;
        uint256 pendingRewards;
        uint256 lienOwed;
        uint40 lienMaturesAt;
        bool autoCompound;
    }

    struct RequestView {
        uint256 requestId;
        IStakingCore.Request request;
        uint256 value;
        uint256 lienOwed;
        uint40 maturesAt;
    }

    struct CaseView {
        ISlashingManager.Case slashCase;
        ISlashingManager.Deadlines deadlines;
        ISlashingManager.Actions actions;
    }

    /// @notice A proposal as `account` sees it. Support 0 is against, 1 for, 2 abstain.
    /// @param units Units of the account at the snapshot; `votes` what spoke through it. Both 0 before the snapshot.
    /// @param delegate Whom the account let speak at the snapshot.
    /// @param weightBps Weight of its own stake now.
    struct ProposalView {
        uint8 state;
        uint256 snapshot;
        uint256 deadline;
        uint256 eta;
        uint256 quorum;
        uint256 againstVotes;
        uint256 forVotes;
        uint256 abstainVotes;
        uint256 units;
        uint256 votes;
        address delegate;
        uint16 weightBps;
        bool hasVoted;
        bool hasOverridden;
    }

    function memberOf(address wallet) external view returns (MemberView memory);

    function validatorOf(uint32 validatorId) external view returns (ValidatorView memory);

    function positions(uint256[] calldata positionIds) external view returns (PositionView[] memory);

    function requests(uint256[] calldata requestIds) external view returns (RequestView[] memory);

    function slashCase(uint256 caseId) external view returns (CaseView memory);

    function proposal(uint256 proposalId, address account) external view returns (ProposalView memory);

    /// @notice Every scope's latest stop, in the order of `IProtocolPause.Scope`.
    function stops() external view returns (IProtocolPause.Stop[] memory);
}
