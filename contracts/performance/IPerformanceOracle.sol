// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice What validators did in each epoch, as a quorum of reporters saw it.
/// @dev Members vote for one hash per epoch. Once more than half of them agree, anyone reveals the header behind the hash
/// and then the pages, which form a hash chain: `hash = keccak256(abi.encode(epoch, version, header, firstPageHash))`,
/// `pageHash = keccak256(abi.encode(nextPageHash, items))`, and the last page's `nextPageHash` is zero.
/// An epoch may be skipped: a header of a later epoch supersedes whatever was not finished.
interface IPerformanceOracle {
    /// @param fromBlock First block of the consensus layer that the report covers.
    /// @param toBlock Last one.
    /// @param count Items on all pages.
    /// @param totalAmount Sum of the items' amounts, base units; at most the epoch's budget.
    struct Header {
        uint64 fromBlock;
        uint64 toBlock;
        uint32 count;
        uint256 totalAmount;
    }

    /// @notice One validator's epoch. Items ascend by validator over the whole report.
    /// @param proposed Blocks proposed.
    /// @param attested Duties done.
    /// @param missed Duties missed.
    /// @param amount Reward, base units; stays uncredited while the validator does not earn.
    struct Item {
        uint32 validatorId;
        uint32 proposed;
        uint32 attested;
        uint32 missed;
        uint112 amount;
    }

    enum ReportState {
        None,
        Voting,
        Agreed,
        Processing,
        Processed,
        Superseded
    }

    /// @param hash That the quorum agreed on, or that was processed; zero before.
    /// @param support Members that stand behind `hash`.
    /// @param confirmations Members that confirmed it as the second quorum.
    /// @param reachedAt Unix seconds of the agreement.
    struct Report {
        ReportState state;
        bytes32 hash;
        uint8 support;
        uint8 confirmations;
        uint40 reachedAt;
    }

    /// @notice The report whose pages are being read, or were read last.
    /// @param seen Items read so far.
    /// @param lastId Validator of the last of them.
    /// @param downs Validators that went down with it.
    /// @param downsAllowed Of them without a second quorum.
    struct Progress {
        uint32 epoch;
        uint32 lastProcessed;
        uint32 count;
        uint32 seen;
        uint32 lastId;
        uint32 downs;
        uint32 downsAllowed;
        uint128 totalAmount;
        uint128 amount;
        bytes32 hash;
        bytes32 nextPage;
    }

    /// @param proposed Blocks, and so on, since the validator's first report.
    /// @param reports Reports with duties so far, modulo 65,520.
    /// @param latest Epoch of the latest of them.
    /// @param downBitmap As `downtimeOf`.
    /// @param uptimes Basis points of the last 30 reported epochs, newest first.
    struct Record {
        uint64 proposed;
        uint64 attested;
        uint64 missed;
        uint16 reports;
        uint32 latest;
        uint32 downBitmap;
        uint16[] uptimes;
    }

    // -- Events --

    event MemberAdded(address indexed member, uint256 members, uint256 quorum);
    event MemberRemoved(address indexed member, uint256 members, uint256 quorum);
    event QuorumChanged(uint256 quorum);
    event ConfirmDelayChanged(uint40 confirmDelay);
    event ReportSubmitted(uint32 indexed epoch, address indexed member, bytes32 hash, uint16 version);
    event ConsensusReached(uint32 indexed epoch, bytes32 hash, uint256 support);
    /// @notice A change of votes, of members or of the quorum took the agreement back before it was processed.
    event ConsensusLost(uint32 indexed epoch, bytes32 hash);
    event ReportConfirmed(uint32 indexed epoch, address indexed member, bytes32 hash, uint256 confirmations);
    event ReportStarted(
        uint32 indexed epoch,
        bytes32 hash,
        uint64 fromBlock,
        uint64 toBlock,
        uint32 count,
        uint256 totalAmount
    );
    /// @notice The epoch's report was not finished when that of a later epoch began.
    event ReportSuperseded(uint32 indexed epoch, uint32 seen, uint32 count);
    /// @notice What the validator did in the epoch. `down` means that it did less than half of its duties.
    event ValidatorReported(
        uint32 indexed epoch,
        uint32 indexed validatorId,
        uint32 proposed,
        uint32 attested,
        uint32 missed,
        uint16 uptimeBps,
        bool down,
        uint256 amount
    );
    event ReportProcessed(uint32 indexed epoch, uint32 count, uint256 totalAmount);

    // -- Errors --

    error PerformanceOracle_NotMember(address caller);
    error PerformanceOracle_AlreadyMember(address member);
    error PerformanceOracle_ZeroAddress();
    error PerformanceOracle_TooManyMembers(uint256 maximum);
    error PerformanceOracle_QuorumTooSmall(uint256 needed, uint256 given);
    error PerformanceOracle_QuorumTooLarge(uint256 members, uint256 given);
    error PerformanceOracle_DelayTooLong(uint40 delay, uint40 longest);
    error PerformanceOracle_WrongVersion(uint16 given, uint16 expected);
    error PerformanceOracle_ZeroHash();
    error PerformanceOracle_SameReport(uint32 epoch, bytes32 hash);
    error PerformanceOracle_EpochNotEnded(uint32 epoch, uint32 current);
    error PerformanceOracle_EpochPassed(uint32 epoch, uint32 last);
    error PerformanceOracle_EpochTooOld(uint32 epoch, uint32 oldest);
    error PerformanceOracle_NoConsensus(uint32 epoch, bytes32 hash);
    error PerformanceOracle_BudgetExceeded(uint256 amount, uint256 budget);
    error PerformanceOracle_NotProcessing(uint32 epoch);
    error PerformanceOracle_WrongPage(bytes32 given, bytes32 expected);
    error PerformanceOracle_EmptyPage();
    error PerformanceOracle_NotAscending(uint32 validatorId, uint32 previous);
    error PerformanceOracle_NoSuchValidator(uint32 validatorId);
    error PerformanceOracle_CountMismatch(uint256 given, uint256 declared);
    error PerformanceOracle_AmountMismatch(uint256 given, uint256 declared);
    /// @notice More than a fifth of the active validators would go down at once; members confirm that first.
    error PerformanceOracle_NeedsConfirmation(uint32 epoch, uint256 downs, uint256 allowed);
    error PerformanceOracle_NotYet(uint40 confirmableAt);
    error PerformanceOracle_AlreadyConfirmed(uint32 epoch, bytes32 hash);

    // -- Members --

    /// @notice Adds a reporter and sets the quorum of the larger set. Only the parameter role.
    function addMember(address member, uint256 quorum) external;

    /// @notice Removes a reporter, its open votes and confirmations, and sets the quorum of the smaller set. Only the
    /// parameter role. The last one cannot go.
    function removeMember(address member, uint256 quorum) external;

    /// @notice Sets how many equal hashes agree: more than half of the members, at most all. Only the parameter role.
    function setQuorum(uint256 quorum) external;

    /// @notice Sets the seconds from an agreement to its first confirmation, at most 7 days. Only the parameter role.
    function setConfirmDelay(uint40 confirmDelay) external;

    // -- Votes --

    /// @notice Votes for the report of an epoch that has ended, among the last 7. A member may change its vote until the
    /// report is being processed.
    function submitReport(uint32 epoch, bytes32 hash, uint16 version) external;

    /// @notice Says again, after the delay, that an agreed report is right although it takes more than a fifth of the active
    /// validators down. As many members as the quorum must.
    function confirmReport(uint32 epoch, bytes32 hash) external;

    // -- Data --

    /// @notice Reveals the header behind the agreed hash and begins its processing. Anyone.
    function submitHeader(uint32 epoch, uint16 version, Header calldata header, bytes32 firstPageHash) external;

    /// @notice Reads the next page, records and credits its validators. Anyone.
    /// @param nextHash Hash of the page after it; zero on the last one.
    function submitData(uint32 epoch, Item[] calldata items, bytes32 nextHash) external;

    // -- Views --

    /// @notice Mean uptime over the last 30 reported epochs.
    /// @return bps Basis points; 0 if there is no report.
    /// @return epochs Reported epochs that the mean is taken over, at most 30.
    function uptimeOf(uint32 validatorId) external view returns (uint16 bps, uint8 epochs);

    /// @notice Epochs of the last 30 in which the validator counted as down; bit 0 is the latest reported.
    /// @return bitmap One bit per epoch.
    /// @return latest Epoch that bit 0 stands for.
    function downtimeOf(uint32 validatorId) external view returns (uint32 bitmap, uint32 latest);

    function recordOf(uint32 validatorId) external view returns (Record memory);

    function reportOf(uint32 epoch) external view returns (Report memory);

    function progress() external view returns (Progress memory);

    /// @notice Latest epoch whose report was read to the end.
    function lastProcessedEpoch() external view returns (uint32);

    function members() external view returns (address[] memory);

    function quorum() external view returns (uint256);

    function confirmDelay() external view returns (uint40);

    /// @notice Hash that `member` votes for; zero if none.
    function voteOf(uint32 epoch, address member) external view returns (bytes32);

    /// @notice The version of reports that this contract reads.
    function reportVersion() external pure returns (uint16);
}
