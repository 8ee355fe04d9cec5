// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IMemberRegistry} from "../identity/IMemberRegistry.sol";
import {IStakingCore} from "../staking/IStakingCore.sol";
import {ISponsoredCalls} from "./ISponsoredCalls.sol";

/// @notice Brings signed calls to the contracts that are `Sponsored`. No proxy: an upgrade could act for every member.
/// @dev Documented in `ISponsoredCalls`.
contract SponsoredCalls is ISponsoredCalls, AccessManaged, EIP712, Nonces {
    bytes32 private constant REGISTER = keccak256("Register(address owner,bytes32 salt,uint256 nonce,uint48 deadline)");
    bytes32 private constant DELEGATE = keccak256(
        "Delegate(address owner,uint32 validatorId,uint256 tokens,uint256 minShares,uint256 nonce,uint48 deadline)"
    );
    bytes32 private constant UNDELEGATE = keccak256(
        "Undelegate(address owner,uint256 positionId,uint256 shares,uint256 minTokens,uint256 nonce,uint48 deadline)"
    );
    bytes32 private constant REDELEGATE = keccak256(
        "Redelegate(address owner,uint256 positionId,uint32 dst,uint256 minShares,uint256 nonce,uint48 deadline)"
    );

    address private _members;
    address private _core;

    constructor(address authority_) AccessManaged(authority_) EIP712("TBURN SponsoredCalls", "1") {}

    /// @notice Names the contracts that trust this one, once, when the system is deployed.
    function connect(IMemberRegistry members, IStakingCore core) external restricted {
        if (_members != address(0)) revert SponsoredCalls_AlreadyConnected();
        (_members, _core) = (address(members), address(core));
    }

    /// @inheritdoc ISponsoredCalls
    function register(Terms calldata terms, bytes32 salt, bytes calldata signature) external returns (uint64 memberNo) {
        _spend(terms, abi.encode(REGISTER, terms.owner, salt, terms.nonce, terms.deadline), signature);
        return abi.decode(_bring(terms, _members, abi.encodeCall(IMemberRegistry.register, (salt))), (uint64));
    }

    /// @inheritdoc ISponsoredCalls
    function delegate(
        Terms calldata terms,
        uint32 validatorId,
        uint256 tokens,
        uint256 minShares,
        bytes calldata signature
    ) external returns (uint256 positionId) {
        _spend(terms, _message(DELEGATE, terms, validatorId, tokens, minShares), signature);
        return _stake(terms, abi.encodeCall(IStakingCore.delegate, (validatorId, tokens, minShares)));
    }

    /// @inheritdoc ISponsoredCalls
    function undelegate(
        Terms calldata terms,
        uint256 positionId,
        uint256 shares,
        uint256 minTokens,
        bytes calldata signature
    ) external returns (uint256 requestId) {
        _spend(terms, _message(UNDELEGATE, terms, positionId, shares, minTokens), signature);
        return _stake(terms, abi.encodeCall(IStakingCore.undelegate, (positionId, shares, minTokens)));
    }

    /// @inheritdoc ISponsoredCalls
    function redelegate(
        Terms calldata terms,
        uint256 positionId,
        uint32 dst,
        uint256 minShares,
        bytes calldata signature
    ) external returns (uint256 newPositionId) {
        _spend(terms, _message(REDELEGATE, terms, positionId, dst, minShares), signature);
        return _stake(terms, abi.encodeCall(IStakingCore.redelegate, (positionId, dst, minShares)));
    }

    /* INTERNALS */

    /// @dev Checks the signature and spends the nonce before anything is called.
    function _spend(Terms calldata terms, bytes memory message, bytes calldata signature) private {
        if (block.timestamp > terms.deadline) revert SponsoredCalls_Expired(terms.deadline);
        _useCheckedNonce(terms.owner, terms.nonce);
        if (!SignatureChecker.isValidSignatureNow(terms.owner, _hashTypedDataV4(keccak256(message)), signature)) {
            revert SponsoredCalls_BadSignature(terms.owner);
        }
    }

    /// @dev What is hashed of a verb of three values; a narrower one is encoded as 32 bytes all the same (EIP-712).
    function _message(
        bytes32 verb,
        Terms calldata terms,
        uint256 first,
        uint256 second,
        uint256 third
    ) private pure returns (bytes memory) {
        return abi.encode(verb, terms.owner, first, second, third, terms.nonce, terms.deadline);
    }

    function _stake(Terms calldata terms, bytes memory call) private returns (uint256) {
        return abi.decode(_bring(terms, _core, call), (uint256));
    }

    /// @dev The signer follows the call's data (ERC-2771). A refusal comes back as the target worded it.
    function _bring(Terms calldata terms, address target, bytes memory call) private returns (bytes memory) {
        emit CallSponsored(terms.owner, msg.sender, bytes4(call), terms.nonce);
        return Address.functionCall(target, abi.encodePacked(call, terms.owner));
    }
}
