import { p256 } from "@noble/curves/p256";
import { type Hex, hexToBytes, parseSignature, recoverAddress, size } from "viem";

/** Kinds of consensus key that the chain can check, in the contract's order (`ConsensusKeys`). */
export const keyTypes = ["SECP256K1", "P256"] as const;
export type KeyType = (typeof keyTypes)[number];

/** A validator's key as the chain knows it: an address, or a curve point as x ‖ y. */
export interface ConsensusKey {
  keyType: KeyType;
  consensusKey: Hex;
}

const KEY_BYTES: Record<KeyType, number> = { SECP256K1: 20, P256: 64 };
/** Half the order of secp256k1: the chain takes no signature above it. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Whether a key has the form of its type. */
export const isWellFormed = (type: KeyType, key: Hex): boolean => size(key) === KEY_BYTES[type];

/** Whether a consensus key has signed `digest`, as the chain would judge it. @param signature Anybody's bytes */
export async function isSignedByKey({ keyType, consensusKey }: ConsensusKey, digest: Hex, signature: Hex) {
  try {
    if (keyType === "P256") {
      if (size(signature) !== 64) return false;
      const point = hexToBytes(`0x04${consensusKey.slice(2)}`);
      return p256.verify(hexToBytes(signature), hexToBytes(digest), point, { lowS: true });
    }
    if (size(signature) !== 65 || BigInt(parseSignature(signature).s) > HALF_ORDER) return false;
    const signer = await recoverAddress({ hash: digest, signature });
    return signer.toLowerCase() === consensusKey.toLowerCase();
  } catch {
    // They need not be a signature at all.
    return false;
  }
}
