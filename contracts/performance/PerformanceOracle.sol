// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Managed} from "../libraries/Managed.sol";
import {IRewardVault} from "../staking/IRewardVault.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {IValidatorRegistry} from "../validators/IValidatorRegistry.sol";
import {IPerformanceOracle} from "./IPerformanceOracle.sol";
import {UptimeRing} from "./UptimeRing.sol";

/// @notice Epoch reports by consensus on a hash.
/// @dev Documented in `IPerformanceOracle`.
contract PerformanceOracle is IPerformanceOracle, Managed {
    using SafeCast for uint256;
    using UptimeRing for UptimeRing.Ring;

    /// @dev What stands behind one hash of one epoch.
    struct Variant {
        uint8 support;
        uint8 confirmations;
        uint40 reachedAt;
    }

    /// @custom:storage-location erc7201:tburn.storage.PerformanceOracle
    struct Storage {
        uint8 quorum;
        uint40 confirmDelay;
        address[] members;
        mapping(address member => uint256) places;
        Progress progress;
        mapping(uint32 epoch => mapping(address member => bytes32)) votes;
        mapping(uint32 epoch => mapping(address member => bytes32)) confirmed;
        mapping(uint32 epoch => mapping(bytes32 hash => Variant)) variants;
        mapping(uint32 epoch => bytes32) processed;
        mapping(uint32 validatorId => UptimeRing.Ring) rings;
    }

    // keccak256(abi.encode(uint256(keccak256("tburn.storage.PerformanceOracle")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_SLOT = 0x696930f0297f5f97b2d8a7353b547ab5095126a4f0e4bd2bdca6c4b449772e00;

    uint16 private constant VERSION = 1;
    /// @dev Both bound the walk of a change of members.
    uint256 private constant MAX_MEMBERS = 32;
    uint32 private constant OPEN_EPOCHS = 7;
    uint40 private constant LONGEST_DELAY = 7 days;
    /// @dev One in five active validators may go down by one quorum (protocol §7).
    uint32 private constant DOWN_DIVISOR = 5;

    IValidatorRegistry private immutable _validators;
    IStakingCore private immutable _core;
    IRewardVault private immutable _vault;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IValidatorRegistry validators, IStakingCore core, IRewardVault vault) {
        _validators = validators;
        _core = core;
        _vault = vault;
    }

    /// @param members_ First reporters.
    /// @param quorum_ Equal hashes that agree.
    /// @param confirmDelay_ Seconds from an agreement to its first confirmation.
    function initialize(
        address authority_,
        address[] calldata members_,
        uint256 quorum_,
        uint40 confirmDelay_
    ) external initializer {
        __AccessManaged_init(authority_);
        for (uint256 i; i < members_.length; ++i) _add(members_[i]);
        _setQuorum(quorum_);
        _setConfirmDelay(confirmDelay_);
        Storage storage $ = _storage();
        // The epoch in which the oracle begins is the first that can be reported.
        $.progress.epoch = _vault.currentEpoch() - 1;
        $.progress.lastProcessed = $.progress.epoch;
    }

    /* MEMBERS */

    /// @inheritdoc IPerformanceOracle
    function addMember(address member, uint256 quorum_) external restricted {
        _add(member);
        _changeQuorum(quorum_);
        emit MemberAdded(member, _storage().members.length, quorum_);
    }

    /// @inheritdoc IPerformanceOracle
    function removeMember(address member, uint256 quorum_) external restricted {
        Storage storage $ = _storage();
        uint256 place = $.places[member];
        if (place == 0) revert PerformanceOracle_NotMember(member);

        // Effect: what it said stops counting, also for a report whose pages are being read.
        (uint32 from, uint32 current) = _openEpochs();
        for (uint32 epoch = from; epoch < current; ++epoch) _withdraw(epoch, member);
        _unconfirm($.progress.epoch, member);

        address last = $.members[$.members.length - 1];
        $.members[place - 1] = last;
        $.places[last] = place;
        $.members.pop();
        delete $.places[member];
        _changeQuorum(quorum_);
        emit MemberRemoved(member, $.members.length, quorum_);
    }

    /// @inheritdoc IPerformanceOracle
    function setQuorum(uint256 quorum_) external restricted {
        _changeQuorum(quorum_);
    }

    /// @inheritdoc IPerformanceOracle
    function setConfirmDelay(uint40 confirmDelay_) external restricted {
        _setConfirmDelay(confirmDelay_);
    }

    /* VOTES */

    /// @inheritdoc IPerformanceOracle
    function submitReport(uint32 epoch, bytes32 hash, uint16 version) external {
        Storage storage $ = _storage();

        // Check: a member, a report that this contract can read, an epoch that waits for one.
        _requireMember();
        if (version != VERSION) revert PerformanceOracle_WrongVersion(version, VERSION);
        if (hash == bytes32(0)) revert PerformanceOracle_ZeroHash();
        _requireOpen(epoch);
        if ($.votes[epoch][msg.sender] == hash) revert PerformanceOracle_SameReport(epoch, hash);

        // Effect: one vote per member and epoch; the last one counts.
        _withdraw(epoch, msg.sender);
        $.votes[epoch][msg.sender] = hash;
        emit ReportSubmitted(epoch, msg.sender, hash, version);
        Variant storage v = $.variants[epoch][hash];
        if (++v.support == $.quorum) _agree(epoch, hash, v);
    }

    /// @inheritdoc IPerformanceOracle
    function confirmReport(uint32 epoch, bytes32 hash) external {
        Storage storage $ = _storage();

        // Check: a member, and an agreement old enough to have been looked at.
        _requireMember();
        if (!_isProcessing(epoch)) _requireOpen(epoch);
        Variant storage v = _requireAgreed(epoch, hash);
        uint40 confirmableAt = v.reachedAt + $.confirmDelay;
        if (block.timestamp < confirmableAt) revert PerformanceOracle_NotYet(confirmableAt);
        if ($.confirmed[epoch][msg.sender] == hash) revert PerformanceOracle_AlreadyConfirmed(epoch, hash);

        _unconfirm(epoch, msg.sender);
        $.confirmed[epoch][msg.sender] = hash;
        emit ReportConfirmed(epoch, msg.sender, hash, ++v.confirmations);
    }

    /* DATA */

    /// @inheritdoc IPerformanceOracle
    function submitHeader(uint32 epoch, uint16 version, Header calldata header, bytes32 firstPageHash) external {
        Storage storage $ = _storage();
        Progress memory p = $.progress;

        // Check: the quorum agreed on this very header, and the epoch can pay for it.
        _requireOpen(epoch);
        bytes32 hash = keccak256(abi.encode(epoch, version, header, firstPageHash));
        _requireAgreed(epoch, hash);
        uint256 budget = _vault.budgetFor(epoch);
        if (header.totalAmount > budget) revert PerformanceOracle_BudgetExceeded(header.totalAmount, budget);

        // Effect: the report is the one in work; an earlier one that was not finished never will be.
        if (p.lastProcessed != p.epoch) emit ReportSuperseded(p.epoch, p.seen, p.count);
        p.epoch = epoch;
        p.count = header.count;
        (p.seen, p.lastId, p.downs, p.amount) = (0, 0, 0, 0);
        p.downsAllowed = _validators.activeCount() / DOWN_DIVISOR;
        p.totalAmount = header.totalAmount.toUint128();
        p.hash = hash;
        p.nextPage = firstPageHash;
        emit ReportStarted(epoch, hash, header.fromBlock, header.toBlock, header.count, header.totalAmount);
        if (firstPageHash == bytes32(0)) _finish(p);
        $.progress = p;
    }

    /// @inheritdoc IPerformanceOracle
    function submitData(uint32 epoch, Item[] calldata items, bytes32 nextHash) external {
        Storage storage $ = _storage();
        Progress memory p = $.progress;

        // Check: the page that the chain of hashes asks for, about validators that exist.
        if (!_isProcessing(epoch)) revert PerformanceOracle_NotProcessing(epoch);
        if (items.length == 0) revert PerformanceOracle_EmptyPage();
        bytes32 page = keccak256(abi.encode(nextHash, items));
        if (page != p.nextPage) revert PerformanceOracle_WrongPage(page, p.nextPage);
        // Ids are consecutive and ascend, so the last one speaks for all.
        uint32 highest = items[items.length - 1].validatorId;
        if (highest > _validators.validatorCount()) revert PerformanceOracle_NoSuchValidator(highest);

        // Effect: records, then where the next page goes on.
        for (uint256 i; i < items.length; ++i) _record(p, items[i]);
        if (p.downs > p.downsAllowed && $.variants[epoch][p.hash].confirmations < $.quorum) {
            revert PerformanceOracle_NeedsConfirmation(epoch, p.downs, p.downsAllowed);
        }
        p.nextPage = nextHash;
        if (nextHash == bytes32(0)) _finish(p);
        $.progress = p;

        // Interaction: rewards.
        _credit(epoch, items);
    }

    /* VIEWS */

    /// @inheritdoc IPerformanceOracle
    function uptimeOf(uint32 validatorId) external view returns (uint16 bps, uint8 epochs) {
        (uint16[] memory uptimes, ) = _storage().rings[validatorId].read();
        if (uptimes.length == 0) return (0, 0);
        uint256 sum;
        for (uint256 i; i < uptimes.length; ++i) sum += uptimes[i];
        return (uint16(sum / uptimes.length), uint8(uptimes.length));
    }

    /// @inheritdoc IPerformanceOracle
    function downtimeOf(uint32 validatorId) external view returns (uint32 bitmap, uint32 latest) {
        UptimeRing.Ring storage ring = _storage().rings[validatorId];
        return (ring.downBitmap, ring.latest);
    }

    /// @inheritdoc IPerformanceOracle
    function recordOf(uint32 validatorId) external view returns (Record memory record) {
        UptimeRing.Ring storage ring = _storage().rings[validatorId];
        (record.proposed, record.attested, record.missed) = (ring.proposed, ring.attested, ring.missed);
        (record.latest, record.downBitmap) = (ring.latest, ring.downBitmap);
        (record.uptimes, record.reports) = ring.read();
    }

    /// @inheritdoc IPerformanceOracle
    function reportOf(uint32 epoch) external view returns (Report memory report) {
        Storage storage $ = _storage();
        report.hash = $.processed[epoch];
        if (report.hash != bytes32(0)) report.state = ReportState.Processed;
        else if (_isProcessing(epoch)) (report.state, report.hash) = (ReportState.Processing, $.progress.hash);
        else {
            bool voted;
            (report.hash, voted) = _leading(epoch, $.quorum);
            if (voted) report.state = report.hash == bytes32(0) ? ReportState.Voting : ReportState.Agreed;
            if (voted && epoch <= $.progress.epoch) report.state = ReportState.Superseded;
        }
        Variant storage v = $.variants[epoch][report.hash];
        (report.support, report.confirmations, report.reachedAt) = (v.support, v.confirmations, v.reachedAt);
    }

    /// @inheritdoc IPerformanceOracle
    function progress() external view returns (Progress memory) {
        return _storage().progress;
    }

    /// @inheritdoc IPerformanceOracle
    function lastProcessedEpoch() external view returns (uint32) {
        return _storage().progress.lastProcessed;
    }

    /// @inheritdoc IPerformanceOracle
    function members() external view returns (address[] memory) {
        return _storage().members;
    }

    /// @inheritdoc IPerformanceOracle
    function quorum() external view returns (uint256) {
        return _storage().quorum;
    }

    /// @inheritdoc IPerformanceOracle
    function confirmDelay() external view returns (uint40) {
        return _storage().confirmDelay;
    }

    /// @inheritdoc IPerformanceOracle
    function voteOf(uint32 epoch, address member) external view returns (bytes32) {
        return _storage().votes[epoch][member];
    }

    /// @inheritdoc IPerformanceOracle
    function reportVersion() external pure returns (uint16) {
        return VERSION;
    }

    /* INTERNALS */

    function _add(address member) private {
        Storage storage $ = _storage();
        if (member == address(0)) revert PerformanceOracle_ZeroAddress();
        if ($.places[member] != 0) revert PerformanceOracle_AlreadyMember(member);
        if ($.members.length == MAX_MEMBERS) revert PerformanceOracle_TooManyMembers(MAX_MEMBERS);
        $.members.push(member);
        $.places[member] = $.members.length;
    }

    function _setQuorum(uint256 to) private {
        Storage storage $ = _storage();
        uint256 count = $.members.length;
        if (to <= count / 2) revert PerformanceOracle_QuorumTooSmall(count / 2 + 1, to);
        if (to > count) revert PerformanceOracle_QuorumTooLarge(count, to);
        $.quorum = uint8(to);
        emit QuorumChanged(to);
    }

    /// @dev Sets the quorum and says which agreements came or went with it.
    function _changeQuorum(uint256 to) private {
        Storage storage $ = _storage();
        uint256 from = $.quorum;
        if (to != from || to <= $.members.length / 2 || to > $.members.length) _setQuorum(to);
        if (to == from) return;
        (uint32 first, uint32 current) = _openEpochs();
        for (uint32 epoch = first; epoch < current; ++epoch) {
            (bytes32 hash, ) = _leading(epoch, to < from ? to : from);
            if (hash == bytes32(0)) continue;
            Variant storage v = $.variants[epoch][hash];
            if (v.support < to) emit ConsensusLost(epoch, hash);
            else if (v.support < from) _agree(epoch, hash, v);
        }
    }

    function _setConfirmDelay(uint40 to) private {
        if (to > LONGEST_DELAY) revert PerformanceOracle_DelayTooLong(to, LONGEST_DELAY);
        _storage().confirmDelay = to;
        emit ConfirmDelayChanged(to);
    }

    function _agree(uint32 epoch, bytes32 hash, Variant storage v) private {
        v.reachedAt = uint40(block.timestamp);
        emit ConsensusReached(epoch, hash, v.support);
    }

    /// @dev Takes a member's vote and confirmation in `epoch` back.
    function _withdraw(uint32 epoch, address member) private {
        Storage storage $ = _storage();
        bytes32 hash = $.votes[epoch][member];
        if (hash == bytes32(0)) return;
        delete $.votes[epoch][member];
        if ($.variants[epoch][hash].support-- == $.quorum) emit ConsensusLost(epoch, hash);
        _unconfirm(epoch, member);
    }

    function _unconfirm(uint32 epoch, address member) private {
        Storage storage $ = _storage();
        bytes32 hash = $.confirmed[epoch][member];
        if (hash == bytes32(0)) return;
        delete $.confirmed[epoch][member];
        --$.variants[epoch][hash].confirmations;
    }

    /// @dev Adds one item to its validator's record and to the sums of the report.
    function _record(Progress memory p, Item calldata item) private {
        if (item.validatorId <= p.lastId) revert PerformanceOracle_NotAscending(item.validatorId, p.lastId);
        p.lastId = item.validatorId;
        ++p.seen;
        p.amount += item.amount;
        if (p.amount > p.totalAmount) revert PerformanceOracle_AmountMismatch(p.amount, p.totalAmount);

        UptimeRing.Ring storage ring = _storage().rings[item.validatorId];
        if (item.proposed != 0) ring.proposed += item.proposed;
        uint16 uptimeBps;
        bool down;
        // Without duties there is nothing to judge.
        if (item.attested != 0 || item.missed != 0) {
            bool fell;
            (uptimeBps, down, fell) = ring.push(p.epoch, item.attested, item.missed);
            if (fell) ++p.downs;
        }
        emit ValidatorReported(
            p.epoch,
            item.validatorId,
            item.proposed,
            item.attested,
            item.missed,
            uptimeBps,
            down,
            item.amount
        );
    }

    function _finish(Progress memory p) private {
        if (p.seen != p.count) revert PerformanceOracle_CountMismatch(p.seen, p.count);
        if (p.amount != p.totalAmount) revert PerformanceOracle_AmountMismatch(p.amount, p.totalAmount);
        p.lastProcessed = p.epoch;
        _storage().processed[p.epoch] = p.hash;
        emit ReportProcessed(p.epoch, p.count, p.totalAmount);
    }

    /// @dev All at once; should one of them not earn, those that do. Whoever makes the first try fail, by gas or otherwise,
    /// changes nothing: the second credits the same validators.
    function _credit(uint32 epoch, Item[] calldata items) private {
        IRewardVault.Credit[] memory credits = _credits(items, false);
        if (credits.length == 0) return;
        try _vault.creditEpoch(epoch, credits) {} catch {
            credits = _credits(items, true);
            if (credits.length != 0) _vault.creditEpoch(epoch, credits);
        }
    }

    function _credits(
        Item[] calldata items,
        bool earningOnly
    ) private view returns (IRewardVault.Credit[] memory credits) {
        credits = new IRewardVault.Credit[](items.length);
        uint256 length;
        for (uint256 i; i < items.length; ++i) {
            uint32 validatorId = items[i].validatorId;
            if (items[i].amount == 0) continue;
            if (earningOnly && !_earns(validatorId)) continue;
            credits[length++] = IRewardVault.Credit(validatorId, items[i].amount);
        }
        assembly ("memory-safe") {
            mstore(credits, length)
        }
    }

    function _earns(uint32 validatorId) private view returns (bool) {
        if (!_validators.isEarning(validatorId)) return false;
        (uint256 self, uint256 delegated) = _core.stakesOf(validatorId);
        return self + delegated != 0;
    }

    /// @dev Epochs that can be voted on: from `first` to the last one before `current`.
    function _openEpochs() private view returns (uint32 first, uint32 current) {
        current = _vault.currentEpoch();
        first = _storage().progress.epoch + 1;
        if (first + OPEN_EPOCHS < current) first = current - OPEN_EPOCHS;
    }

    /// @dev A hash that at least `needed` members stand behind, which is one at most: more than half do.
    function _leading(uint32 epoch, uint256 needed) private view returns (bytes32 hash, bool voted) {
        Storage storage $ = _storage();
        for (uint256 i; i < $.members.length; ++i) {
            hash = $.votes[epoch][$.members[i]];
            if (hash == bytes32(0)) continue;
            voted = true;
            if ($.variants[epoch][hash].support >= needed) return (hash, true);
        }
        return (bytes32(0), voted);
    }

    function _isProcessing(uint32 epoch) private view returns (bool) {
        Progress storage p = _storage().progress;
        return p.epoch == epoch && p.lastProcessed != epoch;
    }

    function _requireMember() private view {
        if (_storage().places[msg.sender] == 0) revert PerformanceOracle_NotMember(msg.sender);
    }

    function _requireOpen(uint32 epoch) private view {
        uint32 current = _vault.currentEpoch();
        uint32 last = _storage().progress.epoch;
        if (epoch >= current) revert PerformanceOracle_EpochNotEnded(epoch, current);
        if (epoch <= last) revert PerformanceOracle_EpochPassed(epoch, last);
        if (epoch + OPEN_EPOCHS < current) revert PerformanceOracle_EpochTooOld(epoch, current - OPEN_EPOCHS);
    }

    function _requireAgreed(uint32 epoch, bytes32 hash) private view returns (Variant storage v) {
        v = _storage().variants[epoch][hash];
        if (v.support < _storage().quorum) revert PerformanceOracle_NoConsensus(epoch, hash);
    }

    function _storage() private pure returns (Storage storage $) {
        assembly ("memory-safe") {
            $.slot := STORAGE_SLOT
        }
    }
}
