import { type Hex, hashTypedData } from "viem";
import { type ConsensusKey, isSignedByKey } from "../../../platform/crypto/wallet/consensus-key.ts";
import type { Kit } from "../../../platform/domain.ts";

const types = {
  KeyPossession: [
    { name: "memberNo", type: "uint64" },
    { name: "keyHash", type: "bytes32" },
  ],
} as const;

export interface Proof extends ConsensusKey {
  proof: Hex;
  memberNo: number;
  keyHash: Hex;
}

/** Whether a consensus key has signed that it serves this member, as `ValidatorRegistry.possessionDigest` has it. */
export function isPossessed({ chainId, contracts }: Kit, one: Proof): Promise<boolean> {
  const digest = hashTypedData({
    domain: {
      ...{ name: "TBURN ValidatorRegistry", version: "1", chainId },
      verifyingContract: contracts.ValidatorRegistry.address,
    },
    types,
    primaryType: "KeyPossession",
    message: { memberNo: BigInt(one.memberNo), keyHash: one.keyHash },
  });
  return isSignedByKey(one, digest, one.proof);
}
