import { voteDomain, voteTypes } from "@tburn/deployments/block-vote";
import { type Address, encodeAbiParameters, type Hex, hashTypedData, keccak256, recoverAddress } from "viem";

export interface Vote {
  chainId: bigint;
  height: bigint;
  round: number;
  step: number;
  blockHash: Hex;
}

/** EIP-712 digest that a consensus key signs for a block; equals `SlashingManager.voteDigest`. */
export const voteDigest = (message: Vote, chainId: number, verifyingContract: Address): Hex =>
  hashTypedData({
    domain: { ...voteDomain, chainId, verifyingContract },
    types: voteTypes,
    primaryType: "BlockVote",
    message,
  });

/** What a case's evidence hash is made of: the key and both digests, the smaller first. */
export function evidenceDigest(key: Hex, a: Hex, b: Hex): Hex {
  const [first, second] = a < b ? [a, b] : [b, a];
  return keccak256(
    encodeAbiParameters(
      [{ type: "bytes32" }, { type: "bytes32" }, { type: "bytes32" }],
      [keccak256(key), first, second],
    ),
  );
}

const isConflict = (a: Vote, b: Vote) =>
  a.height === b.height && a.round === b.round && a.step === b.step && a.blockHash !== b.blockHash;

const bytesOf = (hex: Hex) => (hex.length - 2) / 2;
/** 20-byte keys are addresses whose signer can be recovered; points of P-256 have 64 bytes. */
const isRecoverable = (key: Hex) => bytesOf(key) === 20;
const P256_BYTES = 64;

export interface Examined {
  digests: Hex[];
  /** Recovered signers; undefined for a key of P-256, whose signatures do not tell it. */
  signers: (Address | undefined)[];
  isConflicting: boolean;
  /** Both signatures are the key's. */
  isSigned: boolean;
  /** What a case opened with them carries as its evidence hash. */
  evidenceHash: Hex;
}

async function signerOf(key: Hex, hash: Hex, signature: Hex | undefined): Promise<Address | undefined> {
  if (!isRecoverable(key) || !signature) return undefined;
  return recoverAddress({ hash, signature }).catch(() => undefined);
}

/** Whether a P-256 point signed a digest. The curve is fetched when a key of that kind comes up. */
async function isSignedByPoint(key: Hex, hash: Hex, signature: Hex): Promise<boolean> {
  if (bytesOf(key) !== P256_BYTES || bytesOf(signature) !== P256_BYTES) return false;
  const { p256 } = await import("@noble/curves/p256");
  try {
    // The contract refuses the second of the two signatures that each digest has, and so does this.
    return p256.verify(signature.slice(2), hash.slice(2), `04${key.slice(2)}`, { lowS: true });
  } catch {
    return false;
  }
}

/** Checks two signed votes from nothing but themselves, as anyone can. */
export async function examine(
  evidence: { key: Hex; votes: Vote[]; signatures: Hex[] },
  chainId: number,
  manager: Address,
): Promise<Examined> {
  const { key, votes, signatures } = evidence;
  const digests = votes.map((vote) => voteDigest(vote, chainId, manager));
  const signers = await Promise.all(digests.map((digest, index) => signerOf(key, digest, signatures[index])));
  const isSigned = isRecoverable(key)
    ? signers.every((one) => one?.toLowerCase() === key.toLowerCase())
    : (await Promise.all(digests.map((hash, i) => isSignedByPoint(key, hash, signatures[i] ?? "0x")))).every(Boolean);
  const [a, b] = votes;
  return {
    digests,
    signers,
    isConflicting: a !== undefined && b !== undefined && isConflict(a, b),
    isSigned,
    evidenceHash: evidenceDigest(key, digests[0] ?? "0x", digests[1] ?? "0x"),
  };
}
