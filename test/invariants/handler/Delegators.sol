// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {KycLevel} from "../../../contracts/types/KycLevel.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {IValidatorRegistry} from "../../../contracts/validators/IValidatorRegistry.sol";
import {Base} from "../Base.sol";

/// @notice What delegators do: enter, move, leave, claim.
abstract contract Delegators is Base {
    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );

    function _entryErrors() internal pure returns (bytes memory) {
        return
            abi.encodePacked(
                IStakingCore.StakingCore_ZeroAmount.selector,
                IStakingCore.StakingCore_MemberNotActive.selector,
                IStakingCore.StakingCore_KycInsufficient.selector,
                IStakingCore.StakingCore_Tombstoned.selector,
                IStakingCore.StakingCore_ValidatorJailed.selector,
                IStakingCore.StakingCore_OpenCase.selector,
                IStakingCore.StakingCore_TooManyPositions.selector,
                IStakingCore.StakingCore_BelowMinimum.selector,
                IStakingCore.StakingCore_CapExceeded.selector,
                // Less than one share's worth of dust in a pool whose shares are worth much.
                IStakingCore.StakingCore_Slippage.selector
            );
    }

    /// @dev Item 18: nothing enters a jailed, barred, accused or suspended validator, and only members in standing enter.
    function _requireOpen(uint32 validatorId, uint64 memberNo) internal view {
        IValidatorRegistry.Validator memory v = validators.validator(validatorId);
        if (v.tombstoned || v.jailedUntil != 0) revert Broken(18, v.jailedUntil, 0);
        if (core.openCasesOf(validatorId) != 0) revert Broken(18, core.openCasesOf(validatorId), 0);
        if (members.statusOf(v.memberNo) > MemberStatus.Inactive) revert Broken(18, v.memberNo, 0);
        if (members.statusOf(memberNo) > MemberStatus.Inactive) revert Broken(18, memberNo, 0);
        if (kyc.levelOf(memberNo) < KycLevel.Basic) revert Broken(18, memberNo, 1);
    }

    function delegate(uint256 who, uint256 where, uint256 seed) external act {
        (uint64 memberNo, address owner) = _someMember(who);
        uint32 validatorId = _someValidator(where);
        uint256 amount = _someAmount(seed);
        _provide(owner, amount);
        uint256 pending = core.pendingRewards(core.positionOf(memberNo, validatorId));
        bool fresh = _isFresh(memberNo, validatorId);
        bytes memory data = abi.encodeCall(core.delegate, (validatorId, amount, 0));
        if (_stopped(IProtocolPause.Scope.Entry, owner, address(core), data)) return;
        (bool ok, bytes memory answer) = _attempt("delegate", owner, address(core), data, _entryErrors());
        if (!ok) return;
        _requireOpen(validatorId, memberNo);
        uint256 id = abi.decode(answer, (uint256));
        _notePosition(id);
        _requirePending(id, fresh ? 0 : pending);
    }

    /// @dev Whether a delegation opens a position: there is none, or its pool was wiped.
    function _isFresh(uint64 memberNo, uint32 validatorId) private view returns (bool) {
        uint256 id = core.positionOf(memberNo, validatorId);
        return id == 0 || core.position(id).gen != core.validatorStake(validatorId).del.gen;
    }

    /// @dev Items 2 and 15: what a position has earned is neither lost nor made by moving its shares.
    function _requirePending(uint256 id, uint256 wanted) private view {
        uint256 pending = core.pendingRewards(id);
        if (pending != wanted) revert Broken(15, pending, wanted);
    }

    function delegateWithPermit(uint256 who, uint256 where, uint256 seed) external act {
        (uint64 memberNo, address owner) = _someMember(who);
        uint32 validatorId = _someValidator(where);
        uint256 amount = _someAmount(seed);
        _provide(owner, amount);
        if (pause.isPaused(IProtocolPause.Scope.Entry)) return;
        IStakingCore.PermitParams memory p = _permit(owner, amount);
        // Somebody else submits the permit first, or the signature is void and only the allowance counts.
        if (seed % 3 == 0) token.permit(owner, address(core), p.value, p.deadline, p.v, p.r, p.s);
        if (seed % 3 == 1) p.s = bytes32(0);
        bytes memory data = abi.encodeCall(core.delegateWithPermit, (validatorId, amount, 0, p));
        (bool ok, bytes memory answer) = _attempt("permit", owner, address(core), data, _entryErrors());
        vm.prank(owner);
        token.approve(address(core), type(uint256).max);
        if (!ok) return;
        _requireOpen(validatorId, memberNo);
        _notePosition(abi.decode(answer, (uint256)));
    }

    function delegateWithoutAllowance(uint256 who, uint256 where) external act {
        (uint64 memberNo, address owner) = _someMember(who);
        if (kyc.levelOf(memberNo) < KycLevel.Basic || members.statusOf(memberNo) > MemberStatus.Inactive) return;
        if (pause.isPaused(IProtocolPause.Scope.Entry)) return;
        _provide(owner, 100e18);
        vm.prank(owner);
        token.approve(address(core), 0);
        IStakingCore.PermitParams memory p;
        bytes memory data = abi.encodeCall(core.delegateWithPermit, (_someValidator(where), 100e18, 0, p));
        _mustNot("no allowance", owner, address(core), data, IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(owner);
        token.approve(address(core), type(uint256).max);
    }

    function _permit(address owner, uint256 amount) private view returns (IStakingCore.PermitParams memory p) {
        p.value = amount;
        p.deadline = clock + 1;
        bytes32 message = keccak256(
            abi.encode(PERMIT_TYPEHASH, owner, address(core), amount, token.nonces(owner), p.deadline)
        );
        (p.v, p.r, p.s) = vm.sign(
            keyOf[owner],
            keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message))
        );
    }

    /// @dev Item 26: a whole exit never fails, whatever the status of member or validator.
    function undelegate(uint256 which, uint256 part) external act {
        (uint256 id, IStakingCore.Position memory p) = _somePosition(which);
        if (id == 0) return;
        address owner = members.ownerOf(p.owner);
        uint256 value = core.positionValue(id);
        uint256 pending = core.pendingRewards(id);
        bool whole = part % 2 == 0;
        uint256 shares = whole ? p.shares : (part % p.shares) + 1;
        bytes memory expected =
            shares == p.shares
                ? bytes("")
                : abi.encodePacked(
                    IStakingCore.StakingCore_BelowMinimum.selector,
                    IStakingCore.StakingCore_LienActive.selector
                );
        bytes memory data = abi.encodeCall(core.undelegate, (id, shares, 0));
        if (_stopped(IProtocolPause.Scope.Exit, owner, address(core), data)) return;
        (bool ok, bytes memory answer) = _attempt(
            whole ? bytes32("exit") : bytes32("part"),
            owner,
            address(core),
            data,
            expected
        );
        if (!ok) return;
        if (p.lien != 0 && shares != p.shares) revert Broken(14, id, p.lien);
        _requirePending(id, pending);
        uint256 requestId = abi.decode(answer, (uint256));
        _noteRequest(p.val, requestId);
        if (requestId == 0) return;
        // The cohort may round one unit away, never in favour of who leaves.
        uint256 got = core.requestValue(requestId);
        if (got > value) revert Broken(7, got, value);
    }

    /// @dev Item 14: a liened position never redelegates.
    function redelegate(uint256 which, uint256 where) external act {
        (uint256 id, IStakingCore.Position memory p) = _somePosition(which);
        if (id == 0) return;
        address owner = members.ownerOf(p.owner);
        uint32 dst = _someValidator(where);
        uint256 pending = core.pendingRewards(id);
        bytes memory data = abi.encodeCall(core.redelegate, (id, dst, 0));
        if (_stopped(IProtocolPause.Scope.Redelegation, owner, address(core), data)) return;
        bytes memory expected = abi.encodePacked(
            _entryErrors(),
            IStakingCore.StakingCore_SameValidator.selector,
            IStakingCore.StakingCore_LienActive.selector
        );
        (bool ok, bytes memory answer) = _attempt("redelegate", owner, address(core), data, expected);
        if (!ok) return;
        if (p.lien != 0) revert Broken(14, id, p.lien);
        _requireOpen(dst, p.owner);
        _noteCohort(p.val);
        uint256 moved = abi.decode(answer, (uint256));
        _notePosition(moved);
        _requirePending(id, 0);
        _requirePending(moved, pending);
    }

    /// @dev Item 14: settled once, at the earliest when the source's cohort matured, for what is owed or all there is.
    function settleLien(uint256 which) external act {
        (uint256 id, IStakingCore.Position memory p) = _someLienedPosition(which);
        if (id == 0) return;
        IStakingCore.Lien memory l = core.lien(p.lien);
        bytes memory data = abi.encodeCall(core.settleLien, (id));
        if (clock < _matures(core.cohort(l.src, l.day))) {
            _mustNot("settle early", STRANGER, address(core), data, IStakingCore.StakingCore_NotMature.selector);
            return;
        }
        uint256 owed = core.lienOwed(p.lien);
        uint256 value = core.positionValue(id);
        uint256 tokens = core.validatorStake(p.val).del.tokens;
        uint256 pending = core.pendingRewards(id);
        _must("settle", STRANGER, address(core), data);
        _requirePending(id, pending);
        if (core.lien(p.lien).base != 0) revert Broken(14, id, p.lien);
        uint256 left = core.validatorStake(p.val).del.tokens;
        burnt += tokens - left;
        ++settlements;
        uint256 wanted = owed < value ? owed : value;
        if (tokens - left != wanted && left != 0) revert Broken(14, tokens - left, wanted);
    }

    /// @dev Items 11 and 26: a claim succeeds exactly from maturity on, and pays the payout address.
    function claim(uint256 which) external act {
        (uint256 id, IStakingCore.Request memory r) = _someRequest(which);
        if (id == 0) return;
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        bytes memory data = abi.encodeCall(core.claim, (ids));
        if (_stopped(IProtocolPause.Scope.Claim, STRANGER, address(core), data)) return;
        if (_frozen(r.owner, address(core), data)) return;
        uint256 matures = core.maturesAt(id);
        if (matures < dueAt[id]) revert Broken(11, matures, dueAt[id]);
        if (clock < matures) {
            _mustNot("claim early", STRANGER, address(core), data, IStakingCore.StakingCore_NotMature.selector);
            return;
        }
        uint256 value = core.requestValue(id);
        uint256 owed = core.lienOwed(r.lien);
        uint256 burned = owed < value ? owed : value;
        address to = members.payoutOf(r.owner);
        uint256 balance = token.balanceOf(to);
        uint256 paid = abi.decode(_must("claim", STRANGER, address(core), data), (uint256));
        burnt += burned;
        // Item 14: a lien ends with its holder.
        if (r.lien != 0 && core.lien(r.lien).base != 0) revert Broken(14, id, r.lien);
        if (paid != value - burned) revert Broken(13, paid, value - burned);
        if (token.balanceOf(to) - balance != paid) revert Broken(11, token.balanceOf(to) - balance, paid);
    }
}
