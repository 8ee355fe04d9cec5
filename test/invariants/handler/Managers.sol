// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../../../contracts/identity/IMemberRegistry.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {KycLevel} from "../../../contracts/types/KycLevel.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {Pool} from "../../../contracts/types/Pool.sol";
import {Base} from "./Base.sol";

/// @notice What managers do: cases, jail, slash, standing and KYC of members; and time, which passes.
abstract contract Managers is Base {
    struct Exits {
        uint32 day;
        bool touched;
        IStakingCore.Cohort then;
    }

    uint256 private constant MAX_TOMBSTONES = 1;

    /* SLASHING */

    /// @dev Items 8, 9, 10 and 30.
    function slash(uint256 where, uint256 when, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        uint40 tau = _someTau(when);
        uint256 target = _someTarget(seed);
        IStakingCore.ValStake memory then = core.validatorStake(validatorId);
        Exits[] memory exits = _exitsBefore(validatorId, tau);
        uint256 supply = token.totalSupply();
        uint256 pending = _pendingOfAll();

        // Item 30: whatever the state and the arguments.
        bytes memory data = abi.encodeCall(core.slash, (validatorId, tau, uint64(target), 0));
        uint256 burned = abi.decode(_must("slash", address(this), address(core), data), (uint256));
        if (tau > clock) _did("slash of the future");
        if (target == 0) _did("slash of all");
        burnt += burned;

        IStakingCore.ValStake memory now_ = core.validatorStake(validatorId);
        uint256 taken = then.self - now_.self + (then.del.tokens - now_.del.tokens);
        uint256 keep = keepOf[validatorId];
        _requireWorst(then.self, now_.self, target, keep);
        _requirePool(then.del, now_.del, target, keep);
        if (target < keep) keepOf[validatorId] = target;
        for (uint256 i; i < exits.length; ++i) taken += _checkExits(validatorId, exits[i], target);
        // Items 2 and 15: a slash takes stake, never rewards, not even those of a pool that it wipes.
        if (_pendingOfAll() != pending) revert Broken(15, _pendingOfAll(), pending);
        // Item 8: what stakes lost is what burned.
        if (taken != burned) revert Broken(8, taken, burned);
        if (supply - token.totalSupply() != burned) revert Broken(8, supply - token.totalSupply(), burned);
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
            exits[i].touched = days_[i] >= faultDay && clock < exits[i].then.maturesAt;
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

    function openCase(uint256 where) external act {
        uint32 validatorId = _someValidator(where);
        if (core.openCasesOf(validatorId) >= 2) return;
        _must("open case", address(this), address(core), abi.encodeCall(core.openCase, (validatorId)));
    }

    function closeCase(uint256 where) external act {
        bytes memory expected = abi.encodePacked(IStakingCore.StakingCore_NoOpenCase.selector);
        bytes memory data = abi.encodeCall(core.closeCase, (_someValidator(where)));
        _attempt("close case", address(this), address(core), data, expected);
    }

    /// @dev Item 18: who is jailed is not active, so earns nothing.
    function jail(uint256 where, uint256 seed) external act {
        // Seldom, or nobody would be left to earn.
        if (seed % 3 != 0) return;
        uint32 validatorId = _someValidator(where);
        uint40 until = uint40(clock + 1 + (seed % 2 days));
        _must("jail", address(this), address(validators), abi.encodeCall(validators.jail, (validatorId, until)));
        if (validators.isEarning(validatorId)) revert Broken(18, validatorId, 0);
    }

    function tombstone(uint256 where, uint256 seed) external act {
        if (seed % 64 != 0 || done["tombstone"] >= MAX_TOMBSTONES) return;
        uint32 validatorId = _someValidator(where);
        _must("tombstone", address(this), address(validators), abi.encodeCall(validators.tombstone, (validatorId)));
        if (validators.isEarning(validatorId)) revert Broken(18, validatorId, 0);
    }

    /* MEMBERS */

    function setStatus(uint256 who, uint256 seed) external act {
        (uint64 memberNo, ) = _anyMember(who);
        // Mostly back to active.
        MemberStatus status = seed % 3 == 0 ? MemberStatus(3 + ((seed / 3) % 4)) : MemberStatus.Active;
        bytes memory expected = abi.encodePacked(IMemberRegistry.MemberRegistry_StatusUnchanged.selector);
        bytes memory data = abi.encodeCall(members.setStatus, (memberNo, status));
        _attempt("status", address(this), address(members), data, expected);
    }

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
        _must("revoke", address(this), address(kyc), abi.encodeCall(kyc.revoke, (uid, 1)));
    }

    /// @dev A new payout address receives nothing before the delay has passed.
    function changePayout(uint256 who, uint256 seed) external act {
        (uint64 memberNo, address owner) = _anyMember(who);
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
        address heir = _wallet();
        _must("owner proposed", owner, address(members), abi.encodeCall(members.proposeOwner, (heir)));
        _must("owner", heir, address(members), abi.encodeCall(members.acceptOwner, (memberNo)));
    }

    function _anyMember(uint256 seed) private view returns (uint64 memberNo, address owner) {
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
