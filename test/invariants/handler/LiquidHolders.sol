// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../../../contracts/identity/IMemberRegistry.sol";
import {ILiquidStakingVault} from "../../../contracts/liquid/ILiquidStakingVault.sol";
import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {KycLevel} from "../../../contracts/types/KycLevel.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {Delegators} from "./Delegators.sol";

/// @notice Holders of sTBURN, the vault's operator, and whoever sends it tokens.
abstract contract LiquidHolders is Delegators {
    /// @notice What a day pays for its shares, once it pays at all.
    struct Rate {
        uint256 shares;
        uint256 assets;
        uint256 paid;
        uint256 spent;
    }

    /// @dev Shares are worth a millionth of a token's unit at first.
    uint256 private constant MANY_SHARES = 1e30;

    mapping(uint256 requestId => Rate) private _rates;

    function depositLiquid(uint256 who, uint256 seed) external act {
        // Shares of a vault that a rehearsed slash emptied are beyond counting.
        if (liquid.totalSupply() > MANY_SHARES * 1e10) return;
        (uint64 memberNo, address owner) = _someMember(who);
        uint256 amount = _someAmount(seed);
        _provide(owner, amount);
        vm.prank(owner);
        token.approve(address(liquid), amount);
        bytes memory expected = abi.encodePacked(
            ILiquidStakingVault.LiquidStakingVault_MemberNotActive.selector,
            ILiquidStakingVault.LiquidStakingVault_KycInsufficient.selector,
            ILiquidStakingVault.LiquidStakingVault_DepositsStopped.selector
        );
        uint256 price = liquid.convertToAssets(MANY_SHARES);
        bytes memory data = abi.encodeCall(liquid.deposit, (amount, owner));
        (bool ok, ) = _attempt("liquid deposit", owner, address(liquid), data, expected);
        if (!ok) return;
        if (members.statusOf(memberNo) != MemberStatus.Active) revert Broken(18, memberNo, 0);
        if (kyc.levelOf(memberNo) < KycLevel.Basic) revert Broken(18, memberNo, 1);
        _requirePrice(price);
    }

    /// @dev Who enters, leaves or sends never lowers what a share is worth.
    function _requirePrice(uint256 before) private view {
        uint256 now_ = liquid.convertToAssets(MANY_SHARES);
        if (now_ < before) revert Broken(29, now_, before);
    }

    function allocate(uint256 where, uint256 seed) external act {
        uint256 idle = liquid.idle();
        if (idle == 0) return;
        uint256 amount = 1 + (seed % idle);
        bytes memory expected = abi.encodePacked(
            _entryErrors(),
            ILiquidStakingVault.LiquidStakingVault_CapExceeded.selector,
            ILiquidStakingVault.LiquidStakingVault_TooManyExits.selector
        );
        bytes memory data = abi.encodeCall(liquid.allocate, (_someValidator(where), amount, 0));
        if (pause.isPaused(IProtocolPause.Scope.Entry)) return;
        (bool ok, bytes memory answer) = _attempt("allocate", OPERATOR, address(liquid), data, expected);
        if (ok) _notePosition(abi.decode(answer, (uint256)));
    }

    function deallocate(uint256 which, uint256 seed) external act {
        ILiquidStakingVault.Allocation[] memory list = liquid.allocations();
        uint256 id = list[which % list.length].positionId;
        if (id == 0 || pause.isPaused(IProtocolPause.Scope.Exit)) return;
        uint256 held = core.position(id).shares;
        uint256 shares = seed % 2 == 0 ? held : (seed % held) + 1;
        bytes memory expected = abi.encodePacked(
            IStakingCore.StakingCore_BelowMinimum.selector,
            ILiquidStakingVault.LiquidStakingVault_TooManyExits.selector
        );
        bytes memory data = abi.encodeCall(liquid.deallocate, (id, shares, 0));
        uint256[] memory pendings = _pendings(list);
        (bool ok, ) = _attempt("deallocate", OPERATOR, address(liquid), data, expected);
        if (!ok) return;
        _notePaid(list, pendings);
        _noteCohort(list[which % list.length].validatorId);
        _noteNewRequests();
    }

    function harvest() external act {
        uint256 pending = _pendingOfVault();
        bytes memory data = abi.encodeCall(liquid.harvest, ());
        uint64 memberNo = liquid.memberNo();
        bytes memory expected;
        if (pending != 0 && pause.isPaused(IProtocolPause.Scope.Rewards)) {
            expected = abi.encodePacked(IProtocolPause.ProtocolPause_Paused.selector);
        } else if (clock < members.frozenUntil(memberNo)) {
            expected = abi.encodePacked(IMemberRegistry.MemberRegistry_Frozen.selector);
        }
        uint256 price = liquid.convertToAssets(MANY_SHARES);
        (bool ok, ) = _attempt("harvest", STRANGER, address(liquid), data, expected);
        if (!ok) return;
        _noteClaims(pending);
        _requirePrice(price);
    }

    /// @dev Rewards that the vault's positions have earned and nobody claimed.
    function _pendingOfVault() private view returns (uint256 sum) {
        ILiquidStakingVault.Allocation[] memory list = liquid.allocations();
        for (uint256 i; i < list.length; ++i) {
            if (list[i].positionId != 0) sum += core.pendingRewards(list[i].positionId);
        }
    }

    function _noteClaims(uint256 pending) private {
        uint256 left = _pendingOfVault();
        if (pending <= left) return;
        claimedRewards += pending - left;
        settlements += VALIDATORS;
    }

    /// @dev Item 26 for those behind the vault: a redemption waits for nobody but a pause of exits.
    function requestRedeem(uint256 who, uint256 seed) external act {
        (, address owner) = _someMember(who);
        uint256 held = liquid.balanceOf(owner);
        if (held == 0) return;
        uint256 shares = seed % 3 == 0 ? held : 1 + (seed % held);
        bytes memory data = abi.encodeCall(liquid.requestRedeem, (shares, owner, owner));
        uint256 assets = liquid.convertToAssets(shares);
        bytes memory expected = abi.encodePacked(ILiquidStakingVault.LiquidStakingVault_BelowMinimum.selector);
        if (assets >= 1e18) expected = "";
        if (pause.isPaused(IProtocolPause.Scope.Exit)) {
            expected = abi.encodePacked(expected, IProtocolPause.ProtocolPause_Paused.selector);
        }
        ILiquidStakingVault.Allocation[] memory list = liquid.allocations();
        uint256[] memory pendings = _pendings(list);
        (bool ok, ) = _attempt("request redeem", owner, address(liquid), data, expected);
        if (!ok) return;
        _notePaid(list, pendings);
        for (uint32 id = 1; id <= VALIDATORS; ++id) if (core.cohort(id, _today()).maturesAt != 0) _noteCohort(id);
        _noteNewRequests();
    }

    function _pendings(ILiquidStakingVault.Allocation[] memory list) private view returns (uint256[] memory pendings) {
        pendings = new uint256[](list.length);
        for (uint256 i; i < list.length; ++i) pendings[i] = core.pendingRewards(list[i].positionId);
    }

    /// @dev Positions that closed were paid their rewards on the way.
    function _notePaid(ILiquidStakingVault.Allocation[] memory list, uint256[] memory pendings) private {
        for (uint256 i; i < list.length; ++i) {
            uint256 left = core.pendingRewards(list[i].positionId);
            if (left >= pendings[i]) continue;
            claimedRewards += pendings[i] - left;
            ++settlements;
        }
    }

    function collect(uint256 which) external act {
        if (lastRequest == 0) return;
        uint256 id = (which % lastRequest) + 1;
        for (uint256 i; i < 8 && liquid.exit(id).tokens == 0; ++i) id = (id % lastRequest) + 1;
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        bytes memory data = abi.encodeCall(liquid.collect, (ids));
        if (liquid.exit(id).tokens == 0) {
            bytes4 none = ILiquidStakingVault.LiquidStakingVault_NoSuchExit.selector;
            return _mustNot("collect nothing", STRANGER, address(liquid), data, none);
        }
        IStakingCore.Request memory r = core.request(id);
        if (r.owner != 0) {
            if (_stopped(IProtocolPause.Scope.Claim, STRANGER, address(liquid), data)) return;
            if (_frozen(r.owner, address(liquid), data)) return;
            if (clock < core.maturesAt(id)) {
                bytes4 early = IStakingCore.StakingCore_NotMature.selector;
                return _mustNot("collect early", STRANGER, address(liquid), data, early);
            }
        }
        _must("collect", STRANGER, address(liquid), data);
    }

    /// @dev Item 29: one day, one rate, whoever comes first and however much has come since.
    function redeem(uint256 who, uint256 seed) external act {
        (, address owner) = _someMember(who);
        uint32[] memory days_ = liquid.requestDays(owner);
        if (days_.length == 0) return;
        uint256 id = days_[seed % days_.length];
        uint256 shares = liquid.claimableRedeemRequest(id, owner);
        bytes memory data = abi.encodeCall(liquid.redeemRequest, (id, owner, owner));
        if (shares == 0) {
            bytes4 waits = ILiquidStakingVault.LiquidStakingVault_NotClaimable.selector;
            return _mustNot("redeem early", owner, address(liquid), data, waits);
        }
        ILiquidStakingVault.Day memory pot = liquid.dayPot(id);
        Rate storage rate = _rates[id];
        if (rate.shares == 0) (rate.shares, rate.assets) = (pot.shares, pot.assets);
        if (rate.shares != pot.shares || rate.assets != pot.assets) revert Broken(29, pot.assets, rate.assets);
        uint256 paid = abi.decode(_must("redeem", owner, address(liquid), data), (uint256));
        uint256 wanted = (shares * rate.assets) / rate.shares;
        if (paid != wanted) revert Broken(29, paid, wanted);
        rate.paid += shares;
        rate.spent += paid;
        if (rate.paid > rate.shares || rate.spent > rate.assets) revert Broken(29, rate.spent, rate.assets);
    }

    /// @dev Item 29: tokens that somebody sends change no price.
    function donateToLiquid(uint256 seed) external act {
        uint256 amount = 1 + (seed % 1_000_000e18);
        _provide(address(this), amount);
        uint256 price = liquid.convertToAssets(MANY_SHARES);
        token.transfer(address(liquid), amount);
        if (liquid.convertToAssets(MANY_SHARES) != price) revert Broken(29, liquid.convertToAssets(MANY_SHARES), price);
        _did("liquid donation");
    }

    function transferShares(uint256 from, uint256 to, uint256 seed) external act {
        (, address owner) = _someMember(from);
        (, address other) = _someMember(to);
        uint256 held = liquid.balanceOf(owner);
        uint256 price = liquid.convertToAssets(MANY_SHARES);
        bytes memory data = abi.encodeCall(liquid.transfer, (other, seed % (held + 1)));
        _must("shares sent", owner, address(liquid), data);
        if (liquid.convertToAssets(MANY_SHARES) != price) revert Broken(29, liquid.convertToAssets(MANY_SHARES), price);
    }

    /// @dev The vault has what its books say, and no votes.
    function _checkLiquid() internal view {
        uint256 held = token.balanceOf(address(liquid));
        if (held < liquid.idle() + liquid.reserved()) revert Broken(29, held, liquid.idle() + liquid.reserved());
        if (votes.holding(liquid.memberNo()).units != 0) revert Broken(19, votes.holding(liquid.memberNo()).units, 0);
    }
}
