// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IBondingGuard} from "./IBondingGuard.sol";

/// @notice Accusations against validators, from evidence to execution (protocol §4).
/// @dev Times are unix seconds, fractions 1e18-based, rates basis points, amounts base units. A deadline is the first
/// second in which the act is late, and all deadlines wait while slashing is paused.
///
/// Who could stall a proven case, and why it does not help: the accused may appeal at the last second, and the case still
/// executes by itself after `decideBy`. Execution is open to anyone, calls nothing that the accused controls (token, core
/// and registry only), walks a bounded number of cohorts and skips a tombstone that stands already. A pause moves every
/// deadline by its own length. The breaker delays a proven case to the second half of its execution window, never past
/// it. A change of windows leaves open cases alone. Copying evidence from the mempool costs the copier gas and earns
/// nothing, since the bounty stays with the earlier commitment (`claimReport`).
interface ISlashingManager is IBondingGuard {
    /// @notice What a validator is accused of. The first two are proven on chain, the others argued by a committee.
    enum Kind {
        DoubleSign,
        Downtime,
        InvalidBlock,
        ConsensusViolation,
        SecurityBreach
    }

    enum State {
        None,
        Reported,
        Appealed,
        Decided,
        Executed,
        Lapsed,
        Overturned
    }

    enum Verdict {
        Uphold,
        Reduce,
        Overturn
    }

    /// @notice What a consensus key signs for a block (EIP-712 `BlockVote`).
    /// @param step Prevote, precommit, …, as the network numbers them.
    struct BlockVote {
        uint256 chainId;
        uint64 height;
        uint32 round;
        uint8 step;
        bytes32 blockHash;
    }

    /// @param key Consensus key: 20-byte address or 64-byte P-256 point.
    /// @param header RLP header of the canonical block at the votes' height; empty to rely on anchors.
    /// @param lowerAnchor With an empty header and no anchor of the very height: an anchored height at or below it …
    /// @param upperAnchor … and one at or above it, both on the same cohort day.
    struct DoubleSign {
        bytes key;
        BlockVote a;
        BlockVote b;
        bytes sigA;
        bytes sigB;
        bytes header;
        uint64 lowerAnchor;
        uint64 upperAnchor;
    }

    /// @param tau Time of the fault.
    /// @param appealBy, decideBy, lateFrom, executeBy As opened; `deadlinesOf` adds what pauses tolled since.
    /// @param lateFrom Second half of the execution window: silence executes a proven case above the breaker.
    /// @param tolledAt The pause counter at the opening.
    /// @param jailedUntil Jail term that the case asked for.
    /// @param openedBlock Commitments of earlier blocks have a claim on the bounty.
    /// @param rewarded Whether `reporter` committed in time and gets a bounty.
    /// @param bond What the proposer of a discretionary case deposited.
    struct Case {
        uint32 validatorId;
        Kind kind;
        State state;
        uint40 tau;
        uint40 openedAt;
        uint40 appealBy;
        uint40 decideBy;
        uint40 executeBy;
        uint40 lateFrom;
        uint40 tolledAt;
        uint40 jailedUntil;
        uint48 openedBlock;
        uint64 fraction;
        bool ratified;
        bool rewarded;
        address reporter;
        uint96 bond;
        bytes32 evidenceHash;
    }

    /// @param evidenceMaxAge Oldest fault that can be brought up.
    /// @param appeal From the opening, for the accused.
    /// @param decision After it, for the council.
    /// @param execution After it, for anyone.
    struct Windows {
        uint40 evidenceMaxAge;
        uint40 appeal;
        uint40 decision;
        uint40 execution;
    }

    /// @param bountyBps Reporter's part of what a double sign costs; at most 1,000.
    /// @param insuranceBps Insurance fund's part of every slash; at most 2,000.
    /// @param slashJail Shortest jail term of a case; at least `evidenceMaxAge`, so that faults of one period count as one.
    /// @param downtimeJail Jail term of a first downtime.
    /// @param bountyCap Highest bounty; at most 1,000 TBURN.
    /// @param bond Deposit of who proposes a discretionary case.
    /// @param compensation What an overturned case asks the insurance fund for. What the jail really cost is unknowable
    /// on chain, so it is one amount for all.
    struct Terms {
        uint16 bountyBps;
        uint16 insuranceBps;
        uint40 slashJail;
        uint40 downtimeJail;
        uint96 bountyCap;
        uint96 bond;
        uint96 compensation;
    }

    /// @notice Deadlines with all pauses so far.
    struct Deadlines {
        uint40 appealBy;
        uint40 decideBy;
        uint40 lateFrom;
        uint40 executeBy;
    }

    /// @notice What the clock and the state allow now. Above the breaker `execute` may still ask for ratification.
    struct Actions {
        bool appeal;
        bool decide;
        bool ratify;
        bool execute;
        bool lapse;
    }

    // -- Events --

    event ReportCommitted(bytes32 indexed commitment, address indexed by);
    event HeightAnchored(uint64 indexed height, uint40 timestamp);
    event CaseOpened(
        uint256 indexed caseId,
        uint32 indexed validatorId,
        Kind indexed kind,
        uint40 tau,
        uint64 fraction,
        bytes32 evidenceHash,
        address reporter,
        uint40 appealBy,
        uint40 decideBy,
        uint40 executeBy,
        bool proven
    );

    /// @notice The signed votes, so that anyone can check them from the log.
    event EvidenceSubmitted(uint256 indexed caseId, bytes key, BlockVote a, BlockVote b, bytes sigA, bytes sigB);

    /// @notice `reporter` had committed to the evidence before the case was opened, and gets the bounty.
    event ReportClaimed(uint256 indexed caseId, address indexed reporter);

    /// @notice A first downtime: jailed, no case.
    event DowntimeJailed(uint32 indexed validatorId, uint32 indexed epoch, uint40 until);
    event CaseAppealed(uint256 indexed caseId, bytes32 statementHash, address by);
    event CaseDecided(uint256 indexed caseId, Verdict verdict, uint64 fraction, address by);
    event CaseRatified(uint256 indexed caseId, address by);

    /// @notice The case ended in `state`; `taken = burned + bounty + insurance`.
    event CaseClosed(
        uint256 indexed caseId,
        State state,
        uint256 taken,
        uint256 burned,
        uint256 bounty,
        uint256 insurance
    );
    event Compensated(uint256 indexed caseId, uint64 indexed memberNo, address to, uint256 amount);

    /// @notice A legal order holds payments to the acquitted back; the fund keeps the compensation until it is claimed.
    event CompensationHeld(uint256 indexed caseId, uint64 indexed memberNo, uint40 frozenUntil);
    event BondReturned(uint256 indexed caseId, address to, uint256 amount);
    event BondForfeited(uint256 indexed caseId, uint256 amount);
    event WindowsScheduled(Windows windows, uint40 effectiveAt);
    event TermsChanged(Terms terms);
    event FractionSet(Kind indexed kind, uint64 fraction);

    // -- Errors --

    error SlashingManager_NoSuchCase(uint256 caseId);
    error SlashingManager_NoSuchValidator(uint32 validatorId);
    error SlashingManager_AlreadyCommitted(bytes32 commitment);
    error SlashingManager_NoCommitment(bytes32 commitment);
    error SlashingManager_NoBounty(uint256 caseId);
    error SlashingManager_WrongChain(uint256 chainId);
    error SlashingManager_NotConflicting();
    error SlashingManager_UnknownKey(bytes32 keyHash);
    error SlashingManager_KeyNotInForce(bytes32 keyHash, uint40 from, uint40 to);
    /// @notice `vote` 0 is a, 1 is b.
    error SlashingManager_BadSignature(uint8 vote);
    error SlashingManager_BadHeader(uint64 height);
    error SlashingManager_NotAnchored(uint64 height);
    /// @notice The anchors do not enclose `height`, or lie on two cohort days.
    error SlashingManager_AnchorsApart(uint64 height, uint64 lower, uint64 upper);
    error SlashingManager_EvidenceTooOld(uint40 tau, uint40 oldest);
    error SlashingManager_EvidenceAhead(uint40 tau);
    error SlashingManager_EvidenceKnown(bytes32 offence);
    error SlashingManager_Tombstoned(uint32 validatorId);
    error SlashingManager_NotDown(uint32 validatorId, uint32 epoch);
    error SlashingManager_AlreadyReported(uint32 validatorId, uint32 epoch);
    /// @notice The validator was jailed in that epoch or later: the outage is the one already punished.
    error SlashingManager_SameOutage(uint32 validatorId, uint32 epoch);
    error SlashingManager_NotDiscretionary(Kind kind);
    error SlashingManager_BadFraction(uint64 fraction, uint64 highest);
    error SlashingManager_NotAccused(uint256 caseId, address caller);
    error SlashingManager_BadState(uint256 caseId, State state);
    error SlashingManager_NotYet(uint256 caseId, uint40 from);
    error SlashingManager_WindowClosed(uint256 caseId, uint40 closedAt);
    error SlashingManager_OwnProposal(uint256 caseId, address account);
    /// @notice Calls relayed by the access manager hide who decides.
    error SlashingManager_Relayed();
    /// @notice Slashes of the last seven days would reach `used`, above `limit`: the council must ratify.
    error SlashingManager_NeedsRatification(uint256 caseId, uint256 used, uint256 limit);
    error SlashingManager_WindowsTooLong(uint256 sum, uint256 unbonding);
    error SlashingManager_JailTooShort(uint40 slashJail, uint40 evidenceMaxAge);
    error SlashingManager_BadWindows();
    error SlashingManager_BadTerms();

    // -- Evidence --

    /// @notice Commits to evidence one block or more before showing it, so that nobody can take the bounty by copying.
    /// @param commitment `keccak256(abi.encode(evidenceDigest, reporter, salt))`.
    function commitReport(bytes32 commitment) external;

    /// @notice Stores the time of a block while its hash can still be proved. Anyone.
    /// @param header RLP header of a canonical block.
    function anchor(bytes calldata header) external;

    /// @notice Opens a case from two conflicting votes of one key. Anyone; the bounty needs an earlier commitment.
    /// @dev The accused may report itself through another address and earn the bounty, if nobody committed before: at most
    /// `bountyBps` of what is taken and `bountyCap`, so it still loses at least nine tenths, by default 95 %.
    function submitDoubleSign(DoubleSign calldata e, bytes32 salt) external returns (uint256 caseId);

    /// @notice Claims the bounty of an open case for who committed to its evidence before it was opened.
    function claimReport(uint256 caseId, bytes32 salt) external;

    /// @notice Punishes a validator that was down in the latest reported epoch: jail at first, a case on repeat within 30
    /// epochs. An epoch in which the validator was jailed for downtime does not count again. Anyone.
    /// @return caseId 0 if it was the first.
    function reportDowntime(uint32 validatorId) external returns (uint256 caseId);

    /// @notice Opens a case that no signature proves. Only the committee role, which deposits the bond.
    /// @param fraction At most `fractionOf(kind)`.
    function proposeSlash(
        uint32 validatorId,
        Kind kind,
        uint40 tau,
        uint64 fraction,
        bytes32 evidenceHash
    ) external returns (uint256 caseId);

    // -- Cases --

    /// @notice Contests a case. Only the accused validator's owner or operator, until `appealBy`.
    function appeal(uint256 caseId, bytes32 statementHash) external;

    /// @notice Decides an appealed case until `decideBy`. Only the council role, never who reported it.
    /// @dev An overturned case closes at once: its bond goes to the insurance fund, which compensates the accused at its
    /// payout address with `Terms.compensation` as far as its caps allow, and its jail term ends. While a legal order
    /// freezes the accused, the compensation waits for `claimCompensation`.
    /// @param newFraction Below the present one for `Reduce`; ignored otherwise.
    function decide(uint256 caseId, Verdict verdict, uint64 newFraction) external;

    /// @notice Pays the compensation of an overturned case that a freeze, or a fund that failed, held back. Anyone, once; to
    /// the payout address, under the terms and caps of that day. Reverts while the member is frozen.
    function claimCompensation(uint256 caseId) external;

    /// @notice Lets a case execute although slashes of seven days exceed 2 % of all stake. Only the council role, inside
    /// the execution window, never who reported it.
    function ratify(uint256 caseId) external;

    /// @notice Slashes. Anyone, from `appealBy` without an appeal, at once after a verdict, from `decideBy` for a proven
    /// case without one; until `executeBy`.
    function execute(uint256 caseId) external;

    /// @notice Closes a case that missed its window, or an appealed discretionary one that nobody decided. Anyone.
    function lapse(uint256 caseId) external;

    // -- Parameters --

    /// @notice Schedules windows, in force once the present unbonding has passed. Only the parameter role.
    /// @dev `evidenceMaxAge + appeal + decision + execution ≤ unbonding`, so that nothing at risk leaves before the end.
    /// A second call before that replaces the first and waits anew.
    function setWindows(Windows calldata windows_) external;

    function setTerms(Terms calldata terms_) external;

    /// @notice Sets what a kind costs, for cases opened from now on. Only the parameter role, under constant caps.
    function setFraction(Kind kind, uint64 fraction) external;

    // -- Views --

    function caseCount() external view returns (uint256);

    function caseOf(uint256 caseId) external view returns (Case memory);

    function stateOf(uint256 caseId) external view returns (State);

    function deadlinesOf(uint256 caseId) external view returns (Deadlines memory);

    function actionsOf(uint256 caseId) external view returns (Actions memory);

    /// @notice Windows for a case opened now.
    function windows() external view returns (Windows memory);

    /// @return effectiveAt 0 if nothing is scheduled.
    function scheduledWindows() external view returns (Windows memory, uint40 effectiveAt);

    function terms() external view returns (Terms memory);

    function fractionOf(Kind kind) external view returns (uint64);

    /// @notice Highest fraction that a vote may ever set.
    function highestFractionOf(Kind kind) external pure returns (uint64);

    /// @notice Tokens slashed in the last seven days, and the 2 % of live stake above which the council must ratify.
    function breaker() external view returns (uint256 used, uint256 limit);

    /// @notice Time of an anchored height; 0 if it is not.
    function anchorOf(uint64 height) external view returns (uint40 timestamp);

    /// @notice Block in which a commitment was made; 0 if it was not.
    function commitmentBlock(bytes32 commitment) external view returns (uint48);

    /// @notice EIP-712 digest that a consensus key signs for a block.
    function voteDigest(BlockVote calldata vote) external view returns (bytes32);

    /// @notice What a commitment commits to: the key and the two votes, in either order.
    function evidenceDigest(
        bytes calldata key,
        BlockVote calldata a,
        BlockVote calldata b
    ) external view returns (bytes32);

    /// @notice Latest epoch for which a validator was punished for downtime, and when.
    function lastDowntime(uint32 validatorId) external view returns (uint32 epoch, uint40 since);

    /// @notice End of the jail terms that stand whatever becomes of open cases.
    function settledJailOf(uint32 validatorId) external view returns (uint40 until);
}
