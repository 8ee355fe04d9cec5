// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @notice Kinds of consensus key that the chain itself can check. Ed25519 has no practical EVM check and is refused.
enum KeyType {
    Secp256k1,
    P256
}

/// @notice Checks that a signature was made by a validator's consensus key.
library ConsensusKeys {
    /// @notice Whether `key` has the form of its type: a 20-byte address or a 64-byte curve point (x ‖ y).
    function isWellFormed(KeyType keyType, bytes memory key) internal pure returns (bool) {
        if (keyType == KeyType.Secp256k1) return key.length == 20 && bytes20(key) != bytes20(0);
        if (key.length != 64) return false;
        (bytes32 x, bytes32 y) = abi.decode(key, (bytes32, bytes32));
        return P256.isValidPublicKey(x, y);
    }

    /// @notice Whether `signature` over `digest` was made by `key`. Malformed signatures answer false.
    function isSignedBy(
        KeyType keyType,
        bytes memory key,
        bytes32 digest,
        bytes memory signature
    ) internal view returns (bool) {
        if (keyType == KeyType.Secp256k1) {
            (address signer, ECDSA.RecoverError problem, ) = ECDSA.tryRecover(digest, signature);
            return problem == ECDSA.RecoverError.NoError && signer == address(bytes20(key));
        }
        if (signature.length != 64) return false;
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        (bytes32 x, bytes32 y) = abi.decode(key, (bytes32, bytes32));
        return P256.verify(digest, r, s, x, y);
    }
}
