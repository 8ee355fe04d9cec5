// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IRewardVault} from "../staking/IRewardVault.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ExitValue} from "./ExitValue.sol";
import {ILiquidStakingVault} from "./ILiquidStakingVault.sol";
import {LiquidStakingBook} from "./LiquidStakingBook.sol";

/// @notice What leaves positions of the liquid vault, and what comes in from the core, on the vault's storage.
/// @dev Deployed once and called by delegation, because the vault alone would not fit into one contract. Events are the
/// vault's.
library LiquidExits {
    using Math for uint256;
    using SafeCast for uint256;

    /// @dev The contracts around the vault, which a library cannot keep.
    struct Peers {
        IERC20 token;
        IStakingCore core;
        IRewardVault rewards;
    }

    /// @dev Smallest rest of a partial exit that the core accepts, and room for rounding.
    uint256 private constant MIN_REST = 100e18 + 10;
    uint256 private constant RAY = 1e27;

    /// @notice Takes `assets` of `total` for the pot of `day`: the same fraction of everything.
    function take(
        LiquidStakingBook.Storage storage $,
        Peers calldata peers,
        uint32 day,
        uint256 assets,
        uint256 total
    ) external {
        // Effect: idle tokens.
        uint128 part = uint256($.idle).mulDiv(assets, total).toUint128();
        $.idle -= part;
        $.reserved += part;
        $.pots[day].assets += part;

        // Effect: exits on their way back change hands, not place.
        for (uint256 i; i < $.returning.length; ++i) {
            uint256 exitId = $.returning[i];
            uint112 share = uint256($.exits[exitId].ours).mulDiv(assets, total).toUint112();
            $.exits[exitId].ours -= share;
            _feed($, exitId, day, share);
        }

        // Interaction: positions begin an exit.
        for (uint256 i; i < $.allocations.length; ++i) {
            if ($.allocations[i].positionId != 0) _takePosition($, peers, $.allocations[i], day, assets, total);
        }
    }

    /// @notice Brings settled shares back to the vault.
    /// @return exitId 0 if they were worth nothing.
    function leave(
        LiquidStakingBook.Storage storage $,
        Peers calldata peers,
        uint256 index,
        uint256 shares,
        uint256 minTokens
    ) external returns (uint256 exitId, uint256 tokens) {
        ILiquidStakingVault.Allocation storage a = $.allocations[index];
        bool whole = shares == peers.core.position(a.positionId).shares;
        (exitId, tokens) = _leave($, peers, a, shares, minTokens, whole);
        if (exitId == 0) return (0, 0);
        $.exits[exitId].ours = uint112(tokens);
        $.returning.push(exitId);
    }

    /// @notice Takes matured exits in.
    function collect(LiquidStakingBook.Storage storage $, Peers calldata peers, uint256[] calldata exitIds) external {
        for (uint256 i; i < exitIds.length; ++i) _collect($, peers, exitIds[i]);
    }

    /// @notice Claims rewards and counts them, as far as positions earned them.
    function harvest(LiquidStakingBook.Storage storage $, Peers calldata peers) external returns (uint256 tokens) {
        uint256[] memory one = new uint256[](1);
        for (uint256 i; i < $.allocations.length; ++i) {
            one[0] = $.allocations[i].positionId;
            if (one[0] == 0) continue;
            _settle($, peers, $.allocations[i]);
            if (peers.core.pendingRewards(one[0]) != 0) peers.rewards.claimRewards(one);
        }
        tokens = Math.min($.unharvested, _surplus($, peers));
        $.unharvested -= tokens.toUint128();
        $.idle += tokens.toUint128();
        emit ILiquidStakingVault.Harvested(tokens);
    }

    /// @notice Books what a position earned until now. Must run before its shares change.
    function settle(LiquidStakingBook.Storage storage $, Peers calldata peers, uint256 index) external {
        _settle($, peers, $.allocations[index]);
    }

    function _takePosition(
        LiquidStakingBook.Storage storage $,
        Peers calldata peers,
        ILiquidStakingVault.Allocation storage a,
        uint32 day,
        uint256 assets,
        uint256 total
    ) private {
        uint256 value = peers.core.positionValue(a.positionId);
        if (value == 0) return;
        uint256 wanted = value.mulDiv(assets, total);
        uint256 held = peers.core.position(a.positionId).shares;
        uint256 shares = held.mulDiv(wanted, value);
        if (shares == 0) return;

        // The core leaves no small rest: all goes then, and what nobody asked for comes back.
        bool whole = value - wanted < MIN_REST;
        (uint256 exitId, uint256 tokens) = _leave($, peers, a, whole ? held : shares, 0, whole);
        if (exitId == 0) return;
        uint256 part = whole && wanted < tokens ? wanted : tokens;
        _feed($, exitId, day, uint112(part));
        if (part == tokens) return;
        $.exits[exitId].ours = uint112(tokens - part);
        $.returning.push(exitId);
    }

    /// @dev The rewards of a closed position are claimed while its number is known.
    function _leave(
        LiquidStakingBook.Storage storage $,
        Peers calldata peers,
        ILiquidStakingVault.Allocation storage a,
        uint256 shares,
        uint256 minTokens,
        bool whole
    ) private returns (uint256 exitId, uint256 tokens) {
        _settle($, peers, a);
        uint256[] memory one = new uint256[](1);
        one[0] = a.positionId;
        exitId = peers.core.undelegate(one[0], shares, minTokens);
        if (whole) a.positionId = 0;
        if (exitId != 0) {
            uint32 day = peers.core.request(exitId).day;
            tokens = peers.core.requestValue(exitId);
            uint64 keep = peers.core.cohort(a.validatorId, day).keep;
            $.exits[exitId] = ILiquidStakingVault.Exit(a.validatorId, day, keep, tokens.toUint112(), 0);
        }
        if (!whole || peers.core.pendingRewards(one[0]) == 0) return (exitId, tokens);
        try peers.rewards.claimRewards(one) {} catch {
            // Rewards are paused. Anyone may push them here later; the books expect them.
        }
    }

    function _collect(LiquidStakingBook.Storage storage $, Peers calldata peers, uint256 exitId) private {
        ILiquidStakingVault.Exit memory e = $.exits[exitId];
        if (e.tokens == 0) revert ILiquidStakingVault.LiquidStakingVault_NoSuchExit(exitId);

        // Interaction: the core pays the vault. Danger: anyone may have made it pay before, without a word to the vault.
        uint256 paid;
        if (peers.core.request(exitId).owner != 0) {
            uint256[] memory one = new uint256[](1);
            one[0] = exitId;
            paid = peers.core.claim(one);
        } else {
            paid = Math.min(ExitValue.kept(peers.core, e), _surplus($, peers));
        }

        // Effect: each day gets its part, the vault the rest.
        uint256 toDays;
        uint32[] memory fed = $.fedDays[exitId];
        for (uint256 i; i < fed.length; ++i) {
            uint256 part = paid.mulDiv($.parts[exitId][fed[i]], e.tokens);
            delete $.parts[exitId][fed[i]];
            ILiquidStakingVault.Day storage pot = $.pots[fed[i]];
            pot.assets += part.toUint128();
            --pot.open;
            toDays += part;
        }
        $.reserved += toDays.toUint128();
        $.idle += (paid - toDays).toUint128();
        delete $.fedDays[exitId];
        delete $.exits[exitId];
        _dropReturning($, exitId);
        emit ILiquidStakingVault.Collected(exitId, toDays, paid - toDays);
    }

    /// @dev What the position earned, whoever claims it.
    function _settle(
        LiquidStakingBook.Storage storage $,
        Peers calldata peers,
        ILiquidStakingVault.Allocation storage a
    ) private {
        if (a.positionId == 0) return;
        IStakingCore.Position memory p = peers.core.position(a.positionId);
        uint256 acc = peers.core.accumulatorOf(a.validatorId);
        // A wiped generation earns nothing more; what it earned is what the core still owes it.
        uint256 earned =
            p.gen == peers.core.validatorStake(a.validatorId).del.gen
                ? uint256(p.shares).mulDiv(acc - a.accSeen, RAY)
                : peers.core.pendingRewards(a.positionId);
        a.accSeen = acc;
        $.unharvested += earned.toUint128();
    }

    /// @dev Gives `day` a part of an exit.
    function _feed(LiquidStakingBook.Storage storage $, uint256 exitId, uint32 day, uint112 part) private {
        if (part == 0) return;
        if ($.parts[exitId][day] == 0) {
            $.fedDays[exitId].push(day);
            ++$.pots[day].open;
        }
        $.parts[exitId][day] += part;
    }

    function _dropReturning(LiquidStakingBook.Storage storage $, uint256 exitId) private {
        uint256[] storage list = $.returning;
        for (uint256 i; i < list.length; ++i) {
            if (list[i] != exitId) continue;
            list[i] = list[list.length - 1];
            list.pop();
            return;
        }
    }

    /// @dev Tokens that are here and in no book.
    function _surplus(LiquidStakingBook.Storage storage $, Peers calldata peers) private view returns (uint256) {
        return peers.token.balanceOf(address(this)) - $.idle - $.reserved;
    }
}
