// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../../contracts/identity/IMemberRegistry.sol";
import {IProtocolPause} from "../../contracts/safety/IProtocolPause.sol";
import {IStakingCore} from "../../contracts/staking/IStakingCore.sol";
import {Pool} from "../../contracts/types/Pool.sol";
import {System} from "./System.sol";

/// @notice What all actions share: a clock, actors, ghost sums, and the promises that hold for every single call.
abstract contract Base is System {
    /// @notice Promise `item` of the protocol's section 8 is broken.
    error Broken(uint256 item, uint256 got, uint256 wanted);
    /// @notice A call failed that must not fail, or failed for a reason that nobody expects.
    error Unexpected(bytes32 action, bytes reason);

    uint32 internal constant VALIDATORS = 3;
    /// @dev Two blocks per call: commitments are made in the one before.
    uint256 private constant FIRST_BLOCK = 1_000;
    address internal constant STRANGER = address(0xCAFE);

    uint256 public clock = START;
    uint256 public calls;
    bytes32[] public actions;
    mapping(bytes32 action => uint256) public done;
    mapping(bytes32 action => uint256) public refused;

    uint256 public minted;
    uint256 public burnt;
    uint256 public donatedToCore;
    uint256 public donatedToVault;
    uint256 public credited;
    uint256 public claimedRewards;
    uint256 public settlements;
    uint256 public maxShares;
    /// @dev Slashes so far, whoever ordered them.
    uint256 internal slashes;

    uint64[] internal memberNos;
    uint256 public lastPosition;
    uint256 public lastRequest;
    /// @dev Earliest maturity that the request was promised.
    mapping(uint256 requestId => uint256) internal dueAt;
    mapping(uint32 validatorId => uint32[]) internal daysOf;
    mapping(uint32 validatorId => mapping(uint32 day => bool)) internal knownDay;
    mapping(uint32 validatorId => uint256) internal keepOf;
    mapping(uint32 validatorId => mapping(uint32 day => uint256)) internal cohortKeepOf;

    /// @dev Between calls the clock stands still. Only a slash may lower what a share is worth (item 7), and
    /// accumulators never fall (item 20).
    modifier act() {
        vm.warp(clock);
        ++calls;
        vm.roll(_block());
        Pool[] memory pools = new Pool[](VALIDATORS);
        uint256[] memory accumulators = new uint256[](VALIDATORS);
        for (uint32 i; i < VALIDATORS; ++i) {
            pools[i] = core.validatorStake(i + 1).del;
            accumulators[i] = core.accumulatorOf(i + 1);
        }
        uint256 before = slashes;
        _;
        for (uint32 i; i < VALIDATORS; ++i) {
            uint256 accumulator = core.accumulatorOf(i + 1);
            if (accumulator < accumulators[i]) revert Broken(20, accumulator, accumulators[i]);
            Pool memory pool = core.validatorStake(i + 1).del;
            if (pool.shares > maxShares) maxShares = pool.shares;
            if (slashes == before) _requireNoFall(pools[i], pool);
        }
    }

    function _requireNoFall(Pool memory then, Pool memory now_) internal pure {
        if (then.gen != now_.gen) revert Broken(7, now_.gen, then.gen);
        if (then.shares == 0 || now_.shares == 0) return;
        uint256 before = uint256(then.tokens) * now_.shares;
        uint256 afterwards = uint256(now_.tokens) * then.shares;
        if (afterwards < before) revert Broken(7, afterwards, before);
    }

    /* CALLS */

    /// @dev Calls as `from`. A refusal must be one of `expected` (concatenated selectors); its answer is empty.
    function _attempt(
        bytes32 action,
        address from,
        address target,
        bytes memory data,
        bytes memory expected
    ) internal returns (bool ok, bytes memory answer) {
        vm.prank(from);
        // solhint-disable-next-line avoid-low-level-calls
        (ok, answer) = target.call(data);
        if (ok) {
            _did(action);
            return (ok, answer);
        }
        if (!_contains(expected, answer)) revert Unexpected(action, answer);
        ++refused[action];
    }

    /// @dev Calls as `from` what must not fail.
    function _must(bytes32 action, address from, address target, bytes memory data) internal returns (bytes memory r) {
        (, r) = _attempt(action, from, target, data, "");
    }

    /// @dev Calls as `from` what must fail with `selector`.
    function _mustNot(bytes32 action, address from, address target, bytes memory data, bytes4 selector) internal {
        (bool ok, bytes memory answer) = _attempt(action, from, target, data, abi.encodePacked(selector));
        if (ok) revert Unexpected(action, answer);
    }

    /// @dev While `scope` is paused the call must be refused for that reason.
    function _stopped(
        IProtocolPause.Scope scope,
        address from,
        address target,
        bytes memory data
    ) internal returns (bool) {
        if (!pause.isPaused(scope)) return false;
        _mustNot("paused", from, target, data, IProtocolPause.ProtocolPause_Paused.selector);
        return true;
    }

    /// @dev While a legal order holds the member's payments back, the payment must be refused for that reason (item 26).
    function _frozen(uint64 memberNo, address target, bytes memory data) internal returns (bool) {
        if (clock >= members.frozenUntil(memberNo)) return false;
        _mustNot("frozen", STRANGER, target, data, IMemberRegistry.MemberRegistry_Frozen.selector);
        return true;
    }

    function _block() internal view returns (uint256) {
        return FIRST_BLOCK + 2 * calls;
    }

    function _did(bytes32 action) internal {
        if (done[action]++ == 0) actions.push(action);
    }

    function _contains(bytes memory selectors, bytes memory answer) private pure returns (bool) {
        if (answer.length < 4) return false;
        for (uint256 i; i < selectors.length; i += 4) {
            bool same = true;
            for (uint256 j; j < 4; ++j) same = same && selectors[i + j] == answer[j];
            if (same) return true;
        }
        return false;
    }

    /* CHOICES */

    function _someMember(uint256 seed) internal view returns (uint64 memberNo, address owner) {
        memberNo = memberNos[seed % memberNos.length];
        owner = members.ownerOf(memberNo);
    }

    function _someValidator(uint256 seed) internal pure returns (uint32) {
        return uint32(seed % VALIDATORS) + 1;
    }

    /// @dev Mostly ordinary amounts, sometimes dust, sometimes very large ones.
    function _someAmount(uint256 seed) internal pure returns (uint256) {
        uint256 kind = seed % 8;
        uint256 rest = seed / 8;
        if (kind == 0) return rest % 200e18;
        if (kind == 1) return 100e18 + (rest % 3_000_000e18);
        return 100e18 + (rest % 5_000e18);
    }

    /// @dev A position that is open, if the search finds one nearby.
    function _somePosition(uint256 seed) internal view returns (uint256 id, IStakingCore.Position memory p) {
        for (uint256 i; i < 6 && lastPosition != 0; ++i) {
            id = (((seed % lastPosition) + i) % lastPosition) + 1;
            p = core.position(id);
            // The liquid vault moves its positions itself.
            if (p.shares != 0 && p.owner != liquid.memberNo()) return (id, p);
        }
        id = 0;
    }

    function _someLienedPosition(uint256 seed) internal view returns (uint256 id, IStakingCore.Position memory p) {
        for (uint256 i; i < 12 && i < lastPosition; ++i) {
            id = (((seed % lastPosition) + i) % lastPosition) + 1;
            p = core.position(id);
            if (p.lien != 0) return (id, p);
        }
        id = 0;
    }

    function _someRequest(uint256 seed) internal view returns (uint256 id, IStakingCore.Request memory r) {
        for (uint256 i; i < 6 && lastRequest != 0; ++i) {
            id = (((seed % lastRequest) + i) % lastRequest) + 1;
            r = core.request(id);
            if (r.owner != 0) return (id, r);
        }
        id = 0;
    }

    function _provide(address wallet, uint256 amount) internal {
        if (token.balanceOf(wallet) >= amount) return;
        token.mint(wallet, amount);
        minted += amount;
    }

    /* NOTES */

    function _today() internal view returns (uint32) {
        return uint32(clock / DAY);
    }

    function _noteCohort(uint32 validatorId) internal {
        uint32 day = _today();
        if (knownDay[validatorId][day]) return;
        knownDay[validatorId][day] = true;
        daysOf[validatorId].push(day);
        cohortKeepOf[validatorId][day] = keepOf[validatorId];
    }

    function _noteRequest(uint32 validatorId, uint256 requestId) internal {
        _noteCohort(validatorId);
        if (requestId == 0) return;
        if (requestId != lastRequest + 1) revert Broken(4, requestId, lastRequest + 1);
        lastRequest = requestId;
        dueAt[requestId] = clock + core.windows().unbonding;
    }

    /// @dev Notes the exits that somebody began on the way to something else.
    function _noteNewRequests() internal {
        for (;;) {
            IStakingCore.Request memory r = core.request(lastRequest + 1);
            if (r.owner == 0) return;
            _noteRequest(r.val, lastRequest + 1);
        }
    }

    /// @dev When the cohort matures, with all pauses so far.
    function _matures(IStakingCore.Cohort memory c) internal view returns (uint256) {
        return c.maturesAt + (pause.tolledSeconds() - c.tollAt);
    }

    function _notePosition(uint256 positionId) internal {
        if (positionId > lastPosition) lastPosition = positionId;
    }
}
