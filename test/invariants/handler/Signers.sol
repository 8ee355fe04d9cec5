// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

import {IProtocolPause} from "../../../contracts/safety/IProtocolPause.sol";
import {ISponsoredCalls} from "../../../contracts/sponsoring/ISponsoredCalls.sol";
import {IStakingCore} from "../../../contracts/staking/IStakingCore.sol";
import {Delegators} from "./Delegators.sol";

/// @notice What members sign and a stranger sends: the promises of direct calls hold, and nothing else is let through.
abstract contract Signers is Delegators {
    bytes32 private constant DELEGATE = keccak256(
        "Delegate(address owner,uint32 validatorId,uint256 tokens,uint256 minShares,uint256 nonce,uint48 deadline)"
    );
    bytes32 private constant UNDELEGATE = keccak256(
        "Undelegate(address owner,uint256 positionId,uint256 shares,uint256 minTokens,uint256 nonce,uint48 deadline)"
    );
    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    function delegateSigned(uint256 who, uint256 where, uint256 seed) external act {
        (uint64 memberNo, address owner) = _someMember(who);
        uint32 validatorId = _someValidator(where);
        uint256 amount = _someAmount(seed);
        _provide(owner, amount);
        ISponsoredCalls.Terms memory t = _terms(owner);
        bytes memory message = abi.encode(DELEGATE, owner, validatorId, amount, 0, t.nonce, t.deadline);
        bytes memory data = abi.encodeCall(sponsored.delegate, (t, validatorId, amount, 0, _sign(owner, message)));
        if (_stopped(IProtocolPause.Scope.Entry, STRANGER, address(sponsored), data)) return;
        (bool ok, bytes memory answer) = _attempt("signed", STRANGER, address(sponsored), data, _entryErrors());
        if (!ok) return;
        _requireOpen(validatorId, memberNo);
        _notePosition(abi.decode(answer, (uint256)));
    }

    /// @dev Item 26: a whole exit never fails, though the member pays no gas. It happens once.
    function undelegateSigned(uint256 which) external act {
        (uint256 id, IStakingCore.Position memory p) = _somePosition(which);
        if (id == 0) return;
        address owner = members.ownerOf(p.owner);
        ISponsoredCalls.Terms memory t = _terms(owner);
        bytes memory message = abi.encode(UNDELEGATE, owner, id, p.shares, 0, t.nonce, t.deadline);
        bytes memory signature = _sign(owner, message);
        bytes memory data = abi.encodeCall(sponsored.undelegate, (t, id, p.shares, 0, signature));
        if (_stopped(IProtocolPause.Scope.Exit, STRANGER, address(sponsored), data)) return;
        bytes memory forged = abi.encodeCall(sponsored.undelegate, (t, id, p.shares, 1, signature));
        _mustNot("forged", STRANGER, address(sponsored), forged, ISponsoredCalls.SponsoredCalls_BadSignature.selector);
        bytes memory answer = _must("signed exit", STRANGER, address(sponsored), data);
        _mustNot("again", STRANGER, address(sponsored), data, Nonces.InvalidAccountNonce.selector);
        _noteRequest(p.val, abi.decode(answer, (uint256)));
    }

    function _terms(address owner) private view returns (ISponsoredCalls.Terms memory) {
        return ISponsoredCalls.Terms(owner, sponsored.nonces(owner), uint48(clock));
    }

    function _sign(address owner, bytes memory message) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256("TBURN SponsoredCalls"), keccak256("1"), block.chainid, address(sponsored))
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(
            keyOf[owner],
            keccak256(abi.encodePacked("\x19\x01", domain, keccak256(message)))
        );
        return abi.encodePacked(r, s, v);
    }
}
