// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @notice Lets members act by a signature that somebody else brings (ERC-2771).
/// @dev Only functions that ask `_actor` know the signer; whatever asks `msg.sender` sees the forwarder, which holds no
/// role and no stake. Danger: never beside a function that calls itself by delegation with data of the caller's choice,
/// which could append any address.
abstract contract Sponsored {
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    address private immutable _forwarder;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(address forwarder) {
        _forwarder = forwarder;
    }

    /// @notice Whether `forwarder` may name the signer of a call.
    function isTrustedForwarder(address forwarder) external view returns (bool) {
        return forwarder == _forwarder;
    }

    /// @dev The signer that the forwarder appends to each call, else the caller.
    function _actor() internal view returns (address actor) {
        if (msg.sender != _forwarder) return msg.sender;
        assembly ("memory-safe") {
            actor := shr(96, calldataload(sub(calldatasize(), 20)))
        }
    }
}
