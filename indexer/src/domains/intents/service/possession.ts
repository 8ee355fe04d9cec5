import { p256 } from "@noble/curves/p256";
import { type Hex, hashTypedData, hexToBytes, parseSignature, recoverAddress, size } from "viem";
import type { Kit } from "../../../platform/domain.ts";

/** Kinds of consensus key that the chain can check, in the contract's order (`ConsensusKeys`). */
export const keyTypes = ["SECP256K1", "P256"] as const;
export type KeyType = (typeof keyTypes)[number];

const KEY_BYTES: Record<KeyType, number> = { SECP256K1: 20, P256: 64 };
/** Half the order of secp256k1: the chain takes no signature above it. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Whether a key has the form of its type: an address, or a curve point as x ‖ y. */
export const isWellFormed = (type: KeyType, key: Hex): boolean => size(key) === KEY_BYTES[type];

const types = {
  KeyPossession: [
    { name: "memberNo", type: "uint64" },
    { name: "keyHash", type: "bytes32" },
  ],
} as const;

export interface Proof {
  keyType: KeyType;
  consensusKey: Hex;
  proof: Hex;
  memberNo: number;
  keyHash: Hex;
}

/** Whether a consensus key has signed that it serves this member, as `ValidatorRegistry.possessionDigest` has it. */
export async function isPossessed({ chainId, contracts }: Kit, one: Proof): Promise<boolean> {
  const digest = hashTypedData({
    domain: {
      ...{ name: "TBURN ValidatorRegistry", version: "1", chainId },
      verifyingContract: contracts.ValidatorRegistry.address,
    },
    types,
    primaryType: "KeyPossession",
    message: { memberNo: BigInt(one.memberNo), keyHash: one.keyHash },
  });
  try {
    if (one.keyType === "P256") {
      if (size(one.proof) !== 64) return false;
      const point = hexToBytes(`0x04${one.consensusKey.slice(2)}`);
      return p256.verify(hexToBytes(one.proof), hexToBytes(digest), point, { lowS: true });
    }
    if (size(one.proof) !== 65 || BigInt(parseSignature(one.proof).s) > HALF_ORDER) return false;
    const signer = await recoverAddress({ hash: digest, signature: one.proof });
    return signer.toLowerCase() === one.consensusKey.toLowerCase();
  } catch {
    // Anybody's bytes: they need not be a signature at all.
    return false;
  }
}
