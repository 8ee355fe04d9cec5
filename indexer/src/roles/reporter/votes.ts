import { p256 } from "@noble/curves/p256";
import { voteDomain, voteTypes } from "@tburn/deployments/block-vote";
import { type Address, type Hex, hashTypedData, keccak256, recoverAddress } from "viem";

/** What a consensus key signs for a block; as `ISlashingManager.BlockVote`, the chain id apart. */
export interface BlockVote {
  height: bigint;
  round: number;
  step: number;
  blockHash: Hex;
}

/** A vote with the key that signed it: a 20-byte address or a 64-byte P-256 point. */
export interface SignedVote extends BlockVote {
  key: Hex;
  signature: Hex;
}

/** Where votes are signed for. */
export interface VoteDomain {
  chainId: number;
  slashingManager: Address;
}

/** EIP-712 digest of a vote; equals `SlashingManager.voteDigest`. */
const voteDigest = (vote: BlockVote, domain: VoteDomain): Hex =>
  hashTypedData({
    domain: {
      ...voteDomain,
      chainId: domain.chainId,
      verifyingContract: domain.slashingManager,
    },
    types: voteTypes,
    primaryType: "BlockVote",
    message: { chainId: BigInt(domain.chainId), ...vote },
  });

export const keyHashOf = (key: Hex): Hex => keccak256(key);

const SECP256K1_BYTES = 20;
const P256_BYTES = 64;
const bytesOf = (hex: Hex) => (hex.length - 2) / 2;

/** Whether `vote.key` signed the vote. Malformed keys and signatures answer false. */
export async function isSigned(vote: SignedVote, domain: VoteDomain): Promise<boolean> {
  const hash = voteDigest(vote, domain);
  try {
    if (bytesOf(vote.key) === SECP256K1_BYTES) {
      const signer = await recoverAddress({ hash, signature: vote.signature });
      return signer.toLowerCase() === vote.key.toLowerCase();
    }
    if (bytesOf(vote.key) !== P256_BYTES || bytesOf(vote.signature) !== P256_BYTES) return false;
    const [signature, digest, point] = [vote.signature, hash, `0x04${vote.key.slice(2)}`].map((hex) =>
      Buffer.from((hex ?? "").slice(2), "hex"),
    ) as [Buffer, Buffer, Buffer];
    return p256.verify(signature, digest, point, { lowS: true });
  } catch {
    return false;
  }
}

/** Whether two votes of one key contradict each other. */
export const conflict = (a: BlockVote, b: BlockVote): boolean =>
  a.height === b.height && a.round === b.round && a.step === b.step && a.blockHash !== b.blockHash;
