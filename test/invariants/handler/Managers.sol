// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../../../contracts/identity/IMemberRegistry.sol";
import {ISlashingManager} from "../../../contracts/slashing/ISlashingManager.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {KycLevel} from "../../../contracts/types/KycLevel.sol";
import {Pool} from "../../../contracts/types/Pool.sol";
import {Base} from "../Base.sol";

/// @notice Slashes and what they must leave alone, parameters, KYC and keys of members; and time, which passes.
abstract contract Managers is Base {
    struct Exits {
        uint32 day;
        bool touched;
        IStakingCore.Cohort then;
    }

    /// @notice What a slash is about to hit.
    struct Shot {
        uint32 validatorId;
        IStakingCore.ValStake then;
        Exits[] exits;
        uint256 pending;
    }

    /* SLASHING */

    /// @dev Items 8 and 30. A rehearsal: slashes of any size and time, as no case could ask for them.
    function slash(uint256 where, uint256 when, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        uint40 tau = _someTau(when);
        uint256 target = _someTarget(seed);
        Shot memory shot = _aim(validatorId, tau);
        uint256 supply = token.totalSupply();

        // Item 30: whatever the state and the arguments.
        bytes memory data = abi.encodeCall(core.slash, (validatorId, tau, uint64(target), 0));
        uint256 burned = abi.decode(_must("slash", REHEARSAL, address(core), data), (uint256));
        if (tau > clock) _did("slash of the future");
        if (target == 0) _did("slash of all");
        burnt += burned;
        // Item 8: what stakes lost is what burned.
        uint256 taken = _hit(shot, target);
        if (taken != burned) revert Broken(8, taken, burned);
        if (supply - token.totalSupply() != burned) revert Broken(8, supply - token.totalSupply(), burned);
    }

    function _aim(uint32 validatorId, uint40 tau) internal view returns (Shot memory) {
        return Shot(validatorId, core.validatorStake(validatorId), _exitsBefore(validatorId, tau), _pendingOfAll());
    }

    /// @dev Items 9 and 10 for every bucket.
    /// @return taken What stakes and exits lost.
    function _hit(Shot memory shot, uint256 target) internal returns (uint256 taken) {
        ++slashes;
        uint32 validatorId = shot.validatorId;
        IStakingCore.ValStake memory now_ = core.validatorStake(validatorId);
        taken = shot.then.self - now_.self + (shot.then.del.tokens - now_.del.tokens);
        uint256 keep = keepOf[validatorId];
        _requireWorst(shot.then.self, now_.self, target, keep);
        _requirePool(shot.then.del, now_.del, target, keep);
        if (target < keep) keepOf[validatorId] = target;
        for (uint256 i; i < shot.exits.length; ++i) taken += _checkExits(validatorId, shot.exits[i], target);
        // Items 2 and 15: a slash takes stake, never rewards, not even those of a pool that it wipes.
        uint256 pending = _pendingOfAll();
        if (pending != shot.pending) revert Broken(15, pending, shot.pending);
    }

    function _pendingOfAll() private view returns (uint256 sum) {
        for (uint256 id = 1; id <= lastPosition; ++id) sum += core.pendingRewards(id);
    }

    function _someTau(uint256 seed) private view returns (uint40) {
        uint256 kind = seed % 8;
        if (kind == 0) return 0;
        if (kind == 1) return type(uint40).max;
        if (kind == 2) return uint40(clock + (seed % 10 days));
        return uint40(clock - (seed % 10 days));
    }

    function _someTarget(uint256 seed) private pure returns (uint256) {
        uint256 kind = seed % 16;
        if (kind == 0) return 0;
        if (kind == 1) return (seed / 16) % 1e10;
        if (kind < 4) return (seed / 16) % WAD;
        return WAD - 1 - ((seed / 16) % (WAD / 5));
    }

    function _exitsBefore(uint32 validatorId, uint40 tau) private view returns (Exits[] memory exits) {
        uint32[] storage days_ = daysOf[validatorId];
        exits = new Exits[](days_.length);
        for (uint256 i; i < exits.length; ++i) {
            exits[i].day = days_[i];
            exits[i].then = core.cohort(validatorId, days_[i]);
            uint256 faultDay = (tau < clock ? tau : clock) / DAY;
            exits[i].touched = days_[i] >= faultDay && clock < _matures(exits[i].then);
        }
    }

    function _checkExits(uint32 validatorId, Exits memory e, uint256 target) private returns (uint256 taken) {
        IStakingCore.Cohort memory now_ = core.cohort(validatorId, e.day);
        uint256 keep = cohortKeepOf[validatorId][e.day];
        if (e.touched) {
            _requirePool(e.then.del, now_.del, target, keep);
            _requirePool(e.then.self_, now_.self_, target, keep);
            _requirePool(e.then.redel, now_.redel, target, keep);
            if (target < keep) cohortKeepOf[validatorId][e.day] = target;
            return e.then.del.tokens - now_.del.tokens + (e.then.self_.tokens - now_.self_.tokens);
        }
        // Item 10: exits before the fault's day, and matured ones, are as they were.
        if (keccak256(abi.encode(e.then)) != keccak256(abi.encode(now_))) revert Broken(10, e.day, 0);
    }

    function _requirePool(Pool memory then, Pool memory now_, uint256 target, uint256 keep) private pure {
        if (now_.gen != then.gen) {
            // Wiped: less than a billionth of a token per share would have been left.
            if (((uint256(then.tokens) * target) / keep) * 1e9 >= then.shares) revert Broken(6, then.tokens, 0);
            if (now_.tokens != 0 || now_.shares != 0) revert Broken(6, now_.tokens, now_.shares);
            return;
        }
        _requireWorst(then.tokens, now_.tokens, target, keep);
        if (now_.shares != then.shares) revert Broken(9, now_.shares, then.shares);
    }

    /// @dev Item 9: the worst fault of the period counts, the burn rounded up.
    function _requireWorst(uint256 then, uint256 now_, uint256 target, uint256 keep) private pure {
        uint256 wanted = target < keep ? (then * target) / keep : then;
        if (now_ != wanted) revert Broken(9, now_, wanted);
    }

    /* PARAMETERS */

    /// @dev What votes may decide, in any order. Item 12: no order breaks the timing inequality.
    function setParameters(uint256 seed) external act {
        uint256 kind = seed % 3;
        seed /= 3;
        if (kind == 0) _setUnbonding(seed);
        if (kind == 1) _setWindows(seed);
        if (kind == 2) _setTerms(seed);
        _requireBonded();
    }

    function _setUnbonding(uint256 seed) private {
        bytes memory expected = abi.encodePacked(
            IStakingCore.StakingCore_BadWindows.selector,
            IStakingCore.StakingCore_BondingTooShort.selector
        );
        bytes memory data = abi.encodeCall(
            core.setUnbonding,
            (uint40(7 days + (seed % 4 days) - (seed % 8 == 0 ? 1 : 0)))
        );
        _attempt("unbonding", address(timelock), address(core), data, expected);
    }

    function _setWindows(uint256 seed) private {
        ISlashingManager.Windows memory w = ISlashingManager.Windows(
            uint40(1 days + (seed % 36 hours)),
            uint40(1 hours + ((seed >> 16) % 3 days)),
            uint40(1 hours + ((seed >> 32) % 36 hours)),
            uint40(1 hours + ((seed >> 48) % 36 hours))
        );
        bytes memory expected = abi.encodePacked(
            ISlashingManager.SlashingManager_WindowsTooLong.selector,
            ISlashingManager.SlashingManager_JailTooShort.selector
        );
        bytes memory data = abi.encodeCall(slashing.setWindows, (w));
        _attempt("windows", address(timelock), address(slashing), data, expected);
    }

    function _setTerms(uint256 seed) private {
        ISlashingManager.Terms memory t = slashing.terms();
        t.bountyBps = uint16(seed % 1_001);
        t.insuranceBps = uint16((seed >> 16) % 2_001);
        t.slashJail = uint40(1 days + ((seed >> 32) % 2 days));
        t.bond = uint96((seed >> 64) % 2_000e18);
        bytes4 short = ISlashingManager.SlashingManager_JailTooShort.selector;
        bytes memory data = abi.encodeCall(slashing.setTerms, (t));
        _attempt("terms", address(timelock), address(slashing), data, abi.encodePacked(short));
    }

    /// @dev Item 12: cases and decisions end before stake can leave.
    function _requireBonded() internal view {
        uint256 shortest = core.shortestUnbonding();
        if (slashing.longestSeconds() > shortest) revert Broken(12, slashing.longestSeconds(), shortest);
        if (governor.longestSeconds() > shortest) revert Broken(12, governor.longestSeconds(), shortest);
        ISlashingManager.Windows memory w = slashing.windows();
        uint256 sum = uint256(w.evidenceMaxAge) + w.appeal + w.decision + w.execution;
        if (sum > shortest) revert Broken(12, sum, shortest);
    }

    /* MEMBERS */

    function attest(uint256 who, uint256 seed) external act {
        (uint64 memberNo, ) = _anyMember(who);
        bool runs = validators.validatorOf(memberNo) != 0;
        _attest(memberNo, runs ? uint8(2 + (seed % 2)) : uint8(1 + (seed % 3)), 1 days + (seed % 300 days));
        _did("attest");
    }

    function revokeKyc(uint256 who) external act {
        (uint64 memberNo, ) = _anyMember(who);
        bytes32 uid = kyc.record(memberNo).uid;
        if (kyc.levelOf(memberNo) == KycLevel.None) return;
        _must("revoke", COMPLIANCE, address(kyc), abi.encodeCall(kyc.revoke, (uid, 1)));
    }

    /// @dev A new payout address receives nothing before the delay has passed.
    function changePayout(uint256 who, uint256 seed) external act {
        (uint64 memberNo, address owner) = _anyMember(who);
        if (memberNo == liquid.memberNo()) return;
        IMemberRegistry.PendingChange memory pending = members.pendingPayout(memberNo);
        if (pending.to == address(0)) {
            address to = address(uint160(0xF00D0000 + (seed % 1000)));
            _must("payout proposed", owner, address(members), abi.encodeCall(members.proposePayout, (to)));
            return;
        }
        bytes memory data = abi.encodeCall(members.confirmPayout, ());
        if (clock < pending.readyAt) {
            bytes4 early = IMemberRegistry.MemberRegistry_NotReady.selector;
            _mustNot("payout early", owner, address(members), data, early);
        } else {
            _must("payout", owner, address(members), data);
        }
    }

    /// @dev Keys rotate; the membership with its stake stays one.
    function rotateOwner(uint256 who, uint256 seed) external act {
        if (seed % 4 != 0) return;
        (uint64 memberNo, address owner) = _anyMember(who);
        if (memberNo == liquid.memberNo()) return;
        address heir = _wallet();
        _must("owner proposed", owner, address(members), abi.encodeCall(members.proposeOwner, (heir)));
        _must("owner", heir, address(members), abi.encodeCall(members.acceptOwner, (memberNo)));
    }

    /// @dev Item 26: KYC ends by itself, and nothing but entry and votes with it.
    function expireKyc(uint256 who) external act {
        (uint64 memberNo, ) = _anyMember(who);
        if (kyc.levelOf(memberNo) == KycLevel.None) return;
        bool runs = validators.validatorOf(memberNo) != 0;
        _attest(memberNo, runs ? 2 : 1, 1 hours);
        clock += 1 hours;
        vm.warp(clock);
        if (kyc.levelOf(memberNo) != KycLevel.None) revert Broken(26, memberNo, 0);
        _did("kyc expired");
    }

    function evaluate(uint256 who) external act {
        (uint64 memberNo, ) = _anyMember(who);
        _must("evaluate", STRANGER, address(tiers), abi.encodeCall(tiers.evaluate, (memberNo)));
    }

    function _anyMember(uint256 seed) internal view returns (uint64 memberNo, address owner) {
        memberNo = uint64(seed % members.memberCount()) + 1;
        owner = members.ownerOf(memberNo);
    }

    /* TIME */

    function passTime(uint256 seed) external act {
        uint256 kind = seed % 8;
        uint256 rest = seed / 8;
        if (kind < 2) clock += rest % 9 days;
        else if (kind < 5) clock += rest % 1 days;
        else clock += rest % 6 hours;
        _did("time");
    }
}
