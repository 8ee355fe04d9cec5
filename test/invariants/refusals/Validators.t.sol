// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

import {KeyType} from "../../../contracts/libraries/ConsensusKeys.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {IValidatorRegistry} from "../../../contracts/validators/IValidatorRegistry.sol";
import {ValidatorRegistry} from "../../../contracts/validators/ValidatorRegistry.sol";
import {Refusals} from "./Refusals.sol";

contract ValidatorRefusals is Refusals {
    address private owner;
    address private member;
    uint32 private id;
    IValidatorRegistry.ValidatorParams private params;

    function setUp() external {
        _deploy();
        id = _validator(100_000e18, 500);
        owner = _ownerOf(id);
        member = _join(2, 0);
        params = IValidatorRegistry.ValidatorParams(
            abi.encodePacked(vm.addr(7)),
            KeyType.Secp256k1,
            500,
            2_000,
            0,
            "Validator"
        );
    }

    function _validators(address from, bytes memory data, bytes4 wanted) private {
        _refused(from, address(validators), data, wanted);
    }

    function _register(address from, IValidatorRegistry.ValidatorParams memory p, bytes4 wanted) private {
        uint64 memberNo = members.memberNoOf(from);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, validators.possessionDigest(memberNo, keccak256(p.consensusKey)));
        _validators(from, abi.encodeCall(validators.register, (p, abi.encodePacked(r, s, v))), wanted);
    }

    function test_initialize() external {
        address implementation = address(new ValidatorRegistry(members, kyc));
        uint40[3][3] memory bad = [[uint40(0), 1, 1], [uint40(1), 0, 1], [uint40(1), 1, 0]];
        for (uint256 i; i < bad.length; ++i) {
            bytes memory call = abi.encodeCall(
                validators.initialize,
                (address(manager), uint32(bad[i][0]), bad[i][1], bad[i][2])
            );
            try new ERC1967Proxy(implementation, call) {
                revert Accepted(IValidatorRegistry.ValidatorRegistry_BadWindows.selector);
            } catch {}
        }
        bytes4 connected = IValidatorRegistry.ValidatorRegistry_AlreadyConnected.selector;
        _validators(address(this), abi.encodeCall(validators.connect, (core, tiers)), connected);
    }

    function test_register() external {
        IValidatorRegistry.ValidatorParams memory p = params;
        _register(owner, p, IValidatorRegistry.ValidatorRegistry_AlreadyValidator.selector);
        _register(STRANGER, p, IValidatorRegistry.ValidatorRegistry_NotMember.selector);
        _register(_join(1, 0), p, IValidatorRegistry.ValidatorRegistry_KycInsufficient.selector);
        p.name = "";
        _register(member, p, IValidatorRegistry.ValidatorRegistry_BadName.selector);
        p.name = "Validator";
        p.maxCommissionBps = 10_001;
        _register(member, p, IValidatorRegistry.ValidatorRegistry_CommissionOutOfBand.selector);
        p.maxCommissionBps = 400;
        _register(member, p, IValidatorRegistry.ValidatorRegistry_CommissionOutOfBand.selector);
        p.maxCommissionBps = 2_000;
        p.consensusKey = hex"1234";
        _register(member, p, IValidatorRegistry.ValidatorRegistry_BadKey.selector);
        p.keyType = KeyType.P256;
        _register(member, p, IValidatorRegistry.ValidatorRegistry_BadKey.selector);
        p.consensusKey = new bytes(64);
        _register(member, p, IValidatorRegistry.ValidatorRegistry_BadKey.selector);
        // The generator of P-256: a key that exists, and signatures of the wrong length and of nobody.
        p.consensusKey = abi.encodePacked(
            hex"6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            hex"4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
        );
        bytes4 proof = IValidatorRegistry.ValidatorRegistry_BadProof.selector;
        _register(member, p, proof);
        _validators(member, abi.encodeCall(validators.register, (p, new bytes(64))), proof);
        p.keyType = KeyType.Secp256k1;
        p.consensusKey = abi.encodePacked(vm.addr(8));
        _register(member, p, proof);
        members.setStatus(members.memberNoOf(member), MemberStatus.Inactive);
        _register(member, p, IValidatorRegistry.ValidatorRegistry_MemberNotActive.selector);
    }

    function test_keysServeOnce() external {
        uint64 memberNo = members.memberNoOf(member);
        IValidatorRegistry.ValidatorParams memory p = params;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, validators.possessionDigest(memberNo, keccak256(p.consensusKey)));
        vm.prank(member);
        validators.register(p, abi.encodePacked(r, s, v));
        _register(_join(2, 0), p, IValidatorRegistry.ValidatorRegistry_KeyReused.selector);
    }

    function test_operations() external {
        bytes4 notOperator = IValidatorRegistry.ValidatorRegistry_NotOperator.selector;
        bytes4 missing = IValidatorRegistry.ValidatorRegistry_NoSuchValidator.selector;
        _validators(member, abi.encodeCall(validators.setMetadata, (id, "Mine")), notOperator);
        _validators(member, abi.encodeCall(validators.clampCommission, (9)), missing);
        vm.prank(owner);
        validators.setMetadata(id, "Mine");
        vm.prank(owner);
        validators.setMinDelegation(id, 1e21);
        bytes4 step = IValidatorRegistry.ValidatorRegistry_StepTooLarge.selector;
        _validators(owner, abi.encodeCall(validators.declareCommission, (id, 801)), step);
        vm.prank(owner);
        validators.declareCommission(id, 800);
        bytes4 early = IValidatorRegistry.ValidatorRegistry_NotYet.selector;
        _validators(member, abi.encodeCall(validators.executeCommission, (id)), early);
        vm.warp(START + COMMISSION_DELAY + 3 days);
        bytes4 closed = IValidatorRegistry.ValidatorRegistry_WindowClosed.selector;
        _validators(member, abi.encodeCall(validators.executeCommission, (id)), closed);
        validators.validatorCount();
        validators.maxActive();
        validators.activeCount();
    }

    function test_step() external {
        vm.prank(owner);
        validators.declareCommission(id, 800);
        vm.prank(owner);
        validators.declareCommission(id, 800);
        // Another tier's band lowers the rate in force, so that the declared one became too large a step.
        address rich = address(this);
        token.transfer(owner, 600_000e18);
        vm.prank(owner);
        core.depositSelf(id, 500_000e18);
        tiers.evaluate(validators.memberNoOf(id));
        vm.prank(owner);
        validators.declareCommission(id, 100);
        vm.prank(owner);
        validators.declareCommission(id, 400);
        vm.warp(START + COMMISSION_DELAY);
        validators.executeCommission(id);
        _validators(rich, abi.encodeCall(validators.executeCommission, (id)), _nothing());
    }

    function _nothing() private pure returns (bytes4) {
        return IValidatorRegistry.ValidatorRegistry_NothingDeclared.selector;
    }

    function test_activeSet() external {
        uint32 poor = _validator(10_000e18, 500);
        bytes memory enter = abi.encodeCall(validators.activate, (id, 0));
        address poorOwner = _ownerOf(poor);
        bytes4 notEligible = IValidatorRegistry.ValidatorRegistry_NotEligible.selector;
        _validators(poorOwner, abi.encodeCall(validators.activate, (poor, 0)), notEligible);
        bytes4 notActive = IValidatorRegistry.ValidatorRegistry_NotActive.selector;
        _validators(owner, abi.encodeCall(validators.deactivate, (id)), notActive);
        vm.prank(owner);
        validators.activate(id, 0);
        _validators(owner, enter, IValidatorRegistry.ValidatorRegistry_AlreadyActive.selector);
        uint32 second = _validator(100_000e18, 500);
        address secondOwner = _ownerOf(second);
        vm.prank(secondOwner);
        validators.activate(second, 0);
        uint32 third = _validator(105_000e18, 500);
        address thirdOwner = _ownerOf(third);
        bytes4 full = IValidatorRegistry.ValidatorRegistry_SetFull.selector;
        bytes4 outstaked = IValidatorRegistry.ValidatorRegistry_NotOutstaked.selector;
        _validators(thirdOwner, abi.encodeCall(validators.activate, (third, 0)), full);
        _validators(thirdOwner, abi.encodeCall(validators.activate, (third, id)), outstaked);
        token.transfer(thirdOwner, 10_000e18);
        vm.prank(thirdOwner);
        core.depositSelf(third, 10_000e18);
        vm.prank(thirdOwner);
        validators.activate(third, id);
    }

    function test_sanctions() external {
        vm.prank(owner);
        validators.activate(id, 0);
        bytes memory enter = abi.encodeCall(validators.activate, (id, 0));
        bytes memory leave = abi.encodeCall(validators.unjail, (id));
        _validators(owner, leave, IValidatorRegistry.ValidatorRegistry_NotJailed.selector);
        validators.jail(id, uint40(START + 10));
        _validators(owner, enter, IValidatorRegistry.ValidatorRegistry_Jailed.selector);
        _validators(owner, leave, IValidatorRegistry.ValidatorRegistry_Jailed.selector);
        vm.warp(START + 10);
        core.openCase(id);
        _validators(owner, leave, IValidatorRegistry.ValidatorRegistry_OpenCase.selector);
        core.closeCase(id);
        vm.prank(owner);
        validators.unjail(id);
        vm.prank(owner);
        validators.activate(id, 0);
        validators.tombstone(id);
        bytes4 tombstoned = IValidatorRegistry.ValidatorRegistry_Tombstoned.selector;
        _validators(owner, enter, tombstoned);
        _validators(owner, leave, tombstoned);
        _validators(address(this), abi.encodeCall(validators.tombstone, (id)), tombstoned);
    }
}
