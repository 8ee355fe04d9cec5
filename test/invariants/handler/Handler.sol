// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {PoolMath} from "../../../contracts/libraries/PoolMath.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {Pool} from "../../../contracts/types/Pool.sol";
import {ISlashingManager} from "../../../contracts/slashing/ISlashingManager.sol";
import {ITierEngine} from "../../../contracts/tiers/ITierEngine.sol";
import {Accusers} from "./Accusers.sol";
import {Base} from "../Base.sol";
import {Earnings} from "./Earnings.sol";
import {Guardian} from "./Guardian.sol";
import {LiquidHolders} from "./LiquidHolders.sol";
import {Reporters} from "./Reporters.sol";
import {Sanctions} from "./Sanctions.sol";
import {Signers} from "./Signers.sol";
import {Voters} from "./Voters.sol";

/// @notice All actors together, and the sums that hold between any two of their actions.
contract Handler is Base, Earnings, Signers, Reporters, Accusers, Sanctions, Voters, LiquidHolders, Guardian {
    uint256 private constant DELEGATORS = 5;
    /// @dev Calls from one sum to the next. What a sum finds broken stays broken, so a later one finds it too; sums cost
    /// more than the actions.
    uint256 private constant SUMS_EVERY = 25;

    struct Sums {
        uint256 stake;
        uint256 pending;
        uint256 positions;
    }

    /// @dev Marks of liens seen in the current check; a check leaves no other trace.
    mapping(uint256 check => mapping(uint64 lienId => uint256)) private _lienHolder;
    mapping(uint256 check => mapping(bytes32 pool => uint256)) private _shares;
    mapping(uint256 check => mapping(uint32 validatorId => uint256)) private _values;
    mapping(uint256 check => mapping(uint32 validatorId => uint256)) private _open;
    uint256 private _check;

    constructor() {
        _deploy();
        for (uint256 i; i < DELEGATORS; ++i) {
            address wallet = _join(1, 1_000_000e18);
            memberNos.push(members.memberNoOf(wallet));
        }
        _start(_validator(600_000e18, 500));
        _start(_validator(80_000e18, 800));
        _start(_validator(20_000e18, 1_500));
        vault.fund(1_000_000e18);
        token.approve(address(insurance), 100_000e18);
        insurance.fund(100_000e18);
        tiers.setParameters(ITierEngine.Parameters(1 hours, 1 hours, 0, 0, 15_000, 12_500));
        _handOver();
        _joinVault();
        token.transfer(address(0xDEAD), token.balanceOf(address(this)));
    }

    function _start(uint32 id) private {
        keepOf[id] = WAD;
        if (core.selfStakeOf(id) < 50_000e18) return;
        vm.prank(_ownerOf(id));
        validators.activate(id, 0);
    }

    function _joinVault() private {
        vm.prank(OPERATOR);
        _attest(liquid.join("salt"), 3, 300 days);
        for (uint32 id = 1; id <= VALIDATORS; ++id) {
            vm.prank(address(timelock));
            liquid.setValidator(id, true);
        }
    }

    /// @notice To the next moment at which something can happen: a deadline of a case, a step of a proposal.
    function passToDeadline(uint256 which, uint256 seed) external act {
        uint256 to = _deadline(which, seed) + ((seed / 16) % 2);
        if (to <= clock || to > clock + 10 days) return;
        clock = to;
        _did("deadline");
    }

    function _deadline(uint256 which, uint256 seed) private view returns (uint256) {
        if (seed % 2 == 0 && running.length != 0) {
            ISlashingManager.Deadlines memory d = slashing.deadlinesOf(running[which % running.length]);
            return [d.appealBy, d.decideBy, d.lateFrom, d.executeBy][(seed / 2) % 4];
        }
        if (proposals.length == 0) return 0;
        uint256 id = proposals[proposals.length - 1].id;
        uint256 snapshot = governor.proposalSnapshot(id) + 1;
        if (snapshot > clock) return snapshot;
        uint256 deadline = governor.proposalDeadline(id) + 1;
        return deadline > clock ? deadline : governor.proposalEta(id);
    }

    function actionCount() external view returns (uint256) {
        return actions.length;
    }

    /// @notice The sums, every few calls.
    function check() external {
        if (calls % SUMS_EVERY == 0) _checkAll();
    }

    /// @notice The sums, now.
    function checkNow() external {
        _checkAll();
    }

    /// @dev Items 1 to 6, 9, 12, 14, 15, 19, 20, 23, 28 and 29: every sum, from scratch.
    function _checkAll() private {
        vm.warp(clock);
        ++_check;
        Sums memory sums;
        for (uint256 id = 1; id <= lastPosition; ++id) _checkPosition(id, sums);
        for (uint256 id = 1; id <= lastRequest; ++id) _checkRequest(id);
        for (uint32 id = 1; id <= VALIDATORS; ++id) _checkValidator(id, sums);
        _checkTokens(sums);
        _requireBonded();
        _checkCases();
        _checkVotes();
        _checkPauses();
        _checkLiquid();
    }

    function _poolId(uint32 validatorId, uint256 day, uint256 bucket) private pure returns (bytes32) {
        return bytes32((uint256(validatorId) << 128) | (day << 8) | bucket);
    }

    function _checkPosition(uint256 id, Sums memory sums) private {
        IStakingCore.Position memory p = core.position(id);
        sums.pending += core.pendingRewards(id);
        ++sums.positions;
        if (p.shares == 0) {
            if (p.lien != 0) revert Broken(14, id, p.lien);
            // Item 19: what is unbonding counts nothing.
            if (votes.positionUnits(id) != 0) revert Broken(19, votes.positionUnits(id), 0);
            return;
        }
        if (p.gen == core.validatorStake(p.val).del.gen) {
            _shares[_check][_poolId(p.val, 0, 0)] += p.shares;
            _values[_check][p.val] += core.positionValue(id);
            ++_open[_check][p.val];
        } else if (core.positionValue(id) != 0) {
            revert Broken(5, core.positionValue(id), 0);
        }
        _holdLien(p.lien, id, p.val);
    }

    function _checkRequest(uint256 id) private {
        IStakingCore.Request memory r = core.request(id);
        if (r.owner == 0) return;
        IStakingCore.Cohort memory c = core.cohort(r.val, r.day);
        bool own = r.kind == IStakingCore.RequestKind.SelfStake;
        if (r.gen == (own ? c.self_.gen : c.del.gen)) _shares[_check][_poolId(r.val, r.day, own ? 2 : 1)] += r.shares;
        if (c.maturesAt < dueAt[id]) revert Broken(11, c.maturesAt, dueAt[id]);
        if (r.lien == 0) return;
        IStakingCore.Lien memory l = core.lien(r.lien);
        _requireLienAtStake(l, c);
        _holdLien(r.lien, id, r.val);
    }

    /// @dev Item 14: one holder, and a lien that exists.
    function _holdLien(uint64 lienId, uint256 holder, uint32 validatorId) private {
        if (lienId == 0) return;
        IStakingCore.Lien memory l = core.lien(lienId);
        if (l.base == 0 || l.src == validatorId) revert Broken(14, lienId, l.base);
        if (_lienHolder[_check][lienId] != 0) revert Broken(14, holder, _lienHolder[_check][lienId]);
        _lienHolder[_check][lienId] = holder;
        if (l.gen == core.cohort(l.src, l.day).redel.gen) _shares[_check][_poolId(l.src, l.day, 3)] += l.redelShares;
    }

    function _checkValidator(uint32 id, Sums memory sums) private view {
        IStakingCore.ValStake memory s = core.validatorStake(id);
        sums.stake += uint256(s.self) + s.del.tokens;
        _requireShares(id, 0, 0, s.del);
        if (s.nPos != _open[_check][id]) revert Broken(4, s.nPos, _open[_check][id]);
        if (s.keep != keepOf[id]) revert Broken(9, s.keep, keepOf[id]);
        // Item 5: values add up to the tokens, less one unit of rounding each.
        uint256 values = _values[_check][id];
        if (values > s.del.tokens || values + s.nPos < s.del.tokens) revert Broken(5, values, s.del.tokens);
        for (uint256 i; i < daysOf[id].length; ++i) {
            uint32 day = daysOf[id][i];
            IStakingCore.Cohort memory c = core.cohort(id, day);
            sums.stake += uint256(c.del.tokens) + c.self_.tokens;
            _requireShares(id, day, 1, c.del);
            _requireShares(id, day, 2, c.self_);
            // Settled liens leave their shares behind: nobody else may gain by it.
            if (_shares[_check][_poolId(id, day, 3)] > c.redel.shares) revert Broken(4, day, c.redel.shares);
            _requireSound(c.redel);
            if (c.keep != cohortKeepOf[id][day]) revert Broken(9, c.keep, cohortKeepOf[id][day]);
        }
    }

    /// @dev Item 4: what holders hold is what the pool counts.
    function _requireShares(uint32 validatorId, uint32 day, uint256 bucket, Pool memory pool) private view {
        uint256 held = _shares[_check][_poolId(validatorId, day, bucket)];
        if (held != pool.shares) revert Broken(4, held, pool.shares);
        _requireSound(pool);
    }

    /// @dev Item 6.
    function _requireSound(Pool memory pool) private pure {
        if ((pool.tokens == 0) != (pool.shares == 0)) revert Broken(6, pool.tokens, pool.shares);
        if (pool.shares > PoolMath.MAX_SHARES_PER_TOKEN * pool.tokens) revert Broken(6, pool.shares, pool.tokens);
    }

    function _checkTokens(Sums memory sums) private view {
        // Item 1: an equality, donations apart.
        uint256 held = token.balanceOf(address(core));
        if (held != sums.stake + donatedToCore) revert Broken(1, held, sums.stake + donatedToCore);

        // Item 2, and item 15's bound of dust: a unit per settlement and position, and each pool's carry.
        uint256 owed = sums.pending;
        for (uint32 id = 1; id <= VALIDATORS; ++id) {
            (uint256 commission, uint256 selfRewards) = vault.commissionOf(id);
            owed += commission + selfRewards;
        }
        held = token.balanceOf(address(vault));
        uint256 needed = owed + vault.uncredited() + donatedToVault;
        if (held < needed) revert Broken(2, held, needed);
        if (claimedRewards + owed > credited) revert Broken(15, claimedRewards + owed, credited);
        uint256 dust = calls + sums.positions + VALIDATORS * (maxShares / 1e27 + 1);
        if (credited - claimedRewards - owed > dust) revert Broken(15, credited - claimedRewards - owed, dust);

        // Item 3.
        uint256 supply = GENESIS + minted - burnt;
        if (token.totalSupply() != supply) revert Broken(3, token.totalSupply(), supply);
        if (supply > CAP) revert Broken(3, supply, CAP);
    }
}
