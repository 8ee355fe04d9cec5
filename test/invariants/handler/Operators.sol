// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TierTable} from "../../../contracts/libraries/TierTable.sol";
import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {MemberTier} from "../../../contracts/types/MemberTier.sol";
import {IValidatorRegistry} from "../../../contracts/validators/IValidatorRegistry.sol";
import {Base} from "../Base.sol";

/// @notice What validators do: own stake, commission, the active set.
abstract contract Operators is Base {
    mapping(uint32 validatorId => uint256) private _declaredAt;
    /// @dev Whether a rise was executed since the last credit; without one the rate applied may only fall.
    mapping(uint32 validatorId => bool) internal raised;
    mapping(uint32 validatorId => uint256) internal appliedRate;

    function depositSelf(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        address owner = _ownerOf(validatorId);
        uint256 amount = _someAmount(seed);
        _provide(owner, amount);
        bytes memory data = abi.encodeCall(core.depositSelf, (validatorId, amount));
        if (_stopped(IProtocolPause.Scope.Entry, owner, address(core), data)) return;
        bytes memory expected = abi.encodePacked(
            IStakingCore.StakingCore_ZeroAmount.selector,
            IStakingCore.StakingCore_MemberNotActive.selector,
            IStakingCore.StakingCore_KycInsufficient.selector
        );
        _attempt("own stake", owner, address(core), data, expected);
        tiers.evaluate(validators.memberNoOf(validatorId));
    }

    /// @dev Item 26 for own stake: the owner may always take out what is there.
    function requestSelfExit(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        uint256 self = core.selfStakeOf(validatorId);
        if (self == 0) return;
        uint256 amount = seed % 8 == 0 ? self : (seed % (self < 20_000e18 ? self : 20_000e18)) + 1;
        bytes memory data = abi.encodeCall(core.requestSelfExit, (validatorId, amount));
        address owner = _ownerOf(validatorId);
        if (_stopped(IProtocolPause.Scope.Exit, owner, address(core), data)) return;
        bytes memory answer = _must("own exit", owner, address(core), data);
        _noteRequest(validatorId, abi.decode(answer, (uint256)));
    }

    function declareCommission(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        uint16 current = validators.commissionOf(validatorId);
        uint16 bps = seed % 2 == 0 ? uint16(current + (seed % 301)) : uint16(seed % 1_600);
        bytes memory expected = abi.encodePacked(
            IValidatorRegistry.ValidatorRegistry_OpenCase.selector,
            IValidatorRegistry.ValidatorRegistry_CommissionOutOfBand.selector,
            IValidatorRegistry.ValidatorRegistry_StepTooLarge.selector
        );
        bytes memory data = abi.encodeCall(validators.declareCommission, (validatorId, bps));
        (bool ok, ) = _attempt("declare", _ownerOf(validatorId), address(validators), data, expected);
        if (!ok || bps <= current) return;
        if (validators.commissionOf(validatorId) != current) revert Broken(16, bps, current);
        _declaredAt[validatorId] = clock;
    }

    /// @dev Item 16: inside band, personal maximum and step, and at least the delay after the declaration.
    function executeCommission(uint256 where) external act {
        uint32 validatorId = _someValidator(where);
        uint16 before = validators.commissionOf(validatorId);
        bytes memory expected = abi.encodePacked(
            IValidatorRegistry.ValidatorRegistry_OpenCase.selector,
            IValidatorRegistry.ValidatorRegistry_CommissionOutOfBand.selector,
            IValidatorRegistry.ValidatorRegistry_StepTooLarge.selector,
            IValidatorRegistry.ValidatorRegistry_NothingDeclared.selector,
            IValidatorRegistry.ValidatorRegistry_NotYet.selector,
            IValidatorRegistry.ValidatorRegistry_WindowClosed.selector
        );
        bytes memory data = abi.encodeCall(validators.executeCommission, (validatorId));
        (bool ok, ) = _attempt("execute", STRANGER, address(validators), data, expected);
        if (!ok) return;
        IValidatorRegistry.Validator memory v = validators.validator(validatorId);
        TierTable.Terms memory terms = TierTable.terms(validators.tierOf(validatorId));
        if (v.commissionBps < terms.minCommissionBps) revert Broken(16, v.commissionBps, terms.minCommissionBps);
        if (v.commissionBps > terms.maxCommissionBps) revert Broken(16, v.commissionBps, terms.maxCommissionBps);
        if (v.commissionBps > v.maxCommissionBps) revert Broken(16, v.commissionBps, v.maxCommissionBps);
        if (v.commissionBps > before + 300) revert Broken(16, v.commissionBps, before + 300);
        if (clock < _declaredAt[validatorId] + COMMISSION_DELAY) revert Broken(16, clock, _declaredAt[validatorId]);
        raised[validatorId] = true;
    }

    function clampCommission(uint256 where) external act {
        uint32 validatorId = _someValidator(where);
        uint16 before = validators.commissionOf(validatorId);
        _must("clamp", STRANGER, address(validators), abi.encodeCall(validators.clampCommission, (validatorId)));
        if (validators.commissionOf(validatorId) != before) revert Broken(16, before, before);
    }

    function activate(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        bytes memory expected = abi.encodePacked(
            IValidatorRegistry.ValidatorRegistry_AlreadyActive.selector,
            IValidatorRegistry.ValidatorRegistry_Tombstoned.selector,
            IValidatorRegistry.ValidatorRegistry_Jailed.selector,
            IValidatorRegistry.ValidatorRegistry_OpenCase.selector,
            IValidatorRegistry.ValidatorRegistry_NotEligible.selector,
            IValidatorRegistry.ValidatorRegistry_SetFull.selector,
            IValidatorRegistry.ValidatorRegistry_NotOutstaked.selector
        );
        bytes memory data = abi.encodeCall(validators.activate, (validatorId, _someValidator(seed)));
        (bool ok, ) = _attempt("activate", _ownerOf(validatorId), address(validators), data, expected);
        if (ok && validators.tierOf(validatorId) < MemberTier.ActiveValidator) revert Broken(18, validatorId, 0);
    }

    function deactivate(uint256 where, uint256 seed) external act {
        uint32 validatorId = _someValidator(where);
        bytes memory expected = abi.encodePacked(
            IValidatorRegistry.ValidatorRegistry_NotActive.selector,
            IValidatorRegistry.ValidatorRegistry_NotOperator.selector
        );
        // Mostly a stranger, who succeeds only when eligibility is lost.
        address from = seed % 8 == 0 ? _ownerOf(validatorId) : STRANGER;
        bytes memory data = abi.encodeCall(validators.deactivate, (validatorId));
        _attempt("deactivate", from, address(validators), data, expected);
    }

    /// @dev Item 17: a tombstoned validator never leaves its jail.
    function unjail(uint256 where) external act {
        uint32 validatorId = _someValidator(where);
        bool tombstoned = validators.validator(validatorId).tombstoned;
        bytes memory expected = abi.encodePacked(
            IValidatorRegistry.ValidatorRegistry_Tombstoned.selector,
            IValidatorRegistry.ValidatorRegistry_NotJailed.selector,
            IValidatorRegistry.ValidatorRegistry_Jailed.selector,
            IValidatorRegistry.ValidatorRegistry_OpenCase.selector
        );
        bytes memory data = abi.encodeCall(validators.unjail, (validatorId));
        (bool ok, ) = _attempt("unjail", _ownerOf(validatorId), address(validators), data, expected);
        if (!ok) return;
        if (tombstoned) revert Broken(17, validatorId, 0);
        keepOf[validatorId] = WAD;
        if (knownDay[validatorId][_today()]) cohortKeepOf[validatorId][_today()] = WAD;
    }
}
