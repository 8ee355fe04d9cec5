// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IKycRegistry} from "../../../contracts/identity/IKycRegistry.sol";
import {IMemberRegistry} from "../../../contracts/identity/IMemberRegistry.sol";
import {ITBurnToken} from "../../../contracts/token/ITBurnToken.sol";
import {MemberStatus} from "../../../contracts/types/MemberStatus.sol";
import {Refusals} from "./Refusals.sol";

contract IdentityRefusals is Refusals {
    address private alice;
    address private bob;

    function setUp() external {
        _deploy();
        alice = _join(1, 0);
        bob = _join(1, 0);
    }

    function _members(address from, bytes memory data, bytes4 wanted) private {
        _refused(from, address(members), data, wanted);
    }

    function test_members() external {
        bytes4 already = IMemberRegistry.MemberRegistry_AlreadyMember.selector;
        bytes4 zero = IMemberRegistry.MemberRegistry_ZeroAddress.selector;
        bytes4 nothing = IMemberRegistry.MemberRegistry_NothingPending.selector;
        bytes4 unchanged = IMemberRegistry.MemberRegistry_StatusUnchanged.selector;
        address self = address(this);
        _members(alice, abi.encodeCall(members.register, (bytes32(0))), already);
        _members(alice, abi.encodeCall(members.proposePayout, (address(0))), zero);
        _members(alice, abi.encodeCall(members.confirmPayout, ()), nothing);
        _members(alice, abi.encodeCall(members.proposeOwner, (bob)), already);
        _members(bob, abi.encodeCall(members.acceptOwner, (1)), IMemberRegistry.MemberRegistry_NotOwner.selector);
        _members(
            STRANGER,
            abi.encodeCall(members.setOperator, (bob)),
            IMemberRegistry.MemberRegistry_NotMember.selector
        );
        _members(self, abi.encodeCall(members.proposeRecovery, (1, address(0))), zero);
        _members(self, abi.encodeCall(members.proposeRecovery, (1, bob)), already);
        bytes4 missing = IMemberRegistry.MemberRegistry_NoSuchMember.selector;
        _members(self, abi.encodeCall(members.proposeRecovery, (9, STRANGER)), missing);
        _members(self, abi.encodeCall(members.setStatus, (1, MemberStatus.Active)), unchanged);
        _members(self, abi.encodeCall(members.setStatus, (1, MemberStatus.None)), unchanged);
        bytes4 unauthorized = IAccessManaged.AccessManagedUnauthorized.selector;
        _members(alice, abi.encodeCall(members.activate, (1)), unauthorized);
    }

    function test_ids() external {
        bytes32 salt = bytes32(uint256(uint160(alice)));
        vm.prank(alice);
        members.proposeOwner(STRANGER);
        vm.prank(STRANGER);
        members.acceptOwner(1);
        _members(alice, abi.encodeCall(members.register, (salt)), IMemberRegistry.MemberRegistry_IdTaken.selector);
    }

    function test_recovery() external {
        members.proposeRecovery(1, STRANGER);
        bytes4 early = IMemberRegistry.MemberRegistry_NotReady.selector;
        _members(STRANGER, abi.encodeCall(members.executeRecovery, (1)), early);
        vm.prank(alice);
        members.cancelRecovery();
        members.proposeRecovery(1, STRANGER);
        vm.warp(START + 7 days);
        members.executeRecovery(1);
        if (members.ownerOf(1) != STRANGER || members.payoutOf(1) != STRANGER) revert Accepted(early);
    }

    function test_attestations() external {
        IKycRegistry.KycAttestation memory a = IKycRegistry.KycAttestation(
            members.member(1).memberId,
            alice,
            1,
            uint64(START),
            uint64(START + 1 days),
            0,
            1
        );
        a.account = STRANGER;
        _attestation(a, IKycRegistry.KycRegistry_UnknownMember.selector);
        a.account = bob;
        _attestation(a, IKycRegistry.KycRegistry_WrongMember.selector);
        a.account = alice;
        a.level = 4;
        _attestation(a, IKycRegistry.KycRegistry_BadLevel.selector);
        a.level = 1;
        a.validUntil = uint64(START + 401 days);
        _attestation(a, IKycRegistry.KycRegistry_BadPeriod.selector);
        a.validUntil = uint64(START + 1 days);
        a.nonce = 5;
        _attestation(a, IKycRegistry.KycRegistry_WrongNonce.selector);
        a.nonce = 1;
        bytes memory data = abi.encodeCall(kyc.attest, (a, STRANGER, ""));
        _refused(STRANGER, address(kyc), data, IKycRegistry.KycRegistry_NotAttester.selector);
        data = abi.encodeCall(kyc.attest, (a, vm.addr(ATTESTER_KEY), new bytes(65)));
        _refused(STRANGER, address(kyc), data, IKycRegistry.KycRegistry_BadSignature.selector);
        kyc.revoke(kyc.digest(a), 1);
        _attestation(a, IKycRegistry.KycRegistry_Revoked.selector);
        data = abi.encodeCall(kyc.revoke, (kyc.digest(a), 1));
        _refused(address(this), address(kyc), data, IKycRegistry.KycRegistry_Revoked.selector);
        if (kyc.record(1).uid == 0) revert Accepted(0);
    }

    function _attestation(IKycRegistry.KycAttestation memory a, bytes4 wanted) private {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ATTESTER_KEY, kyc.digest(a));
        bytes memory data = abi.encodeCall(kyc.attest, (a, vm.addr(ATTESTER_KEY), abi.encodePacked(r, s, v)));
        _refused(STRANGER, address(kyc), data, wanted);
    }

    function test_cap() external {
        bytes memory data = abi.encodeCall(token.mint, (alice, CAP));
        _refused(address(this), address(token), data, ITBurnToken.TBurnToken_CapExceeded.selector);
    }

    function test_upgrades() external {
        bytes4 unauthorized = IAccessManaged.AccessManagedUnauthorized.selector;
        address[5] memory proxies = [
            address(members),
            address(kyc),
            address(validators),
            address(core),
            address(vault)
        ];
        for (uint256 i; i < proxies.length; ++i) {
            _refused(alice, proxies[i], abi.encodeCall(members.upgradeToAndCall, (alice, "")), unauthorized);
        }
    }
}
