import { type Hex, hashTypedData, keccak256 } from "viem";
import { z } from "zod";

/** How long a challenge is good for. */
export const CHALLENGE_MS = 600_000;
/** Names the form of the line; another form gets another name. */
const FORM = "tburn-node-challenge-1";

const hash = z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value), "32 bytes");

/** What a node is asked to sign: for one registration of one member, one key, one place, one time. */
const challenge = z.strictObject({
  chainId: z.int().positive(),
  registrationId: z.uuid(),
  memberId: z.uuid(),
  validatorId: z.int().positive(),
  /** Keccak-256 of the consensus key, as the chain has it. */
  keyHash: hash,
  /** Where it was sent, as the applicant wrote it. */
  endpoint: z.string().max(2_048),
  /** 32 random bytes, used once. */
  nonce: hash,
  /** Unix seconds. */
  expiresAt: z.int().positive(),
});
export type NodeChallenge = z.infer<typeof challenge>;

const line = challenge.extend({ form: z.literal(FORM) });
const signature = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x([0-9a-fA-F]{2}){64,65}$/.test(value),
  "hex",
);
const answer = z.object({ signature });

const types = {
  NodeChallenge: [
    { name: "registrationId", type: "string" },
    { name: "memberId", type: "string" },
    { name: "validatorId", type: "uint64" },
    { name: "keyHash", type: "bytes32" },
    { name: "endpoint", type: "string" },
    { name: "nonce", type: "bytes32" },
    { name: "expiresAt", type: "uint64" },
  ],
} as const;

/** What is signed (EIP-712). The domain is of this purpose alone: no contract and no vote takes such a signature. */
export const digestOf = ({ chainId, ...message }: NodeChallenge): Hex =>
  hashTypedData({
    domain: { name: "TBURN node challenge", version: "1", chainId },
    types,
    primaryType: "NodeChallenge",
    message: { ...message, validatorId: BigInt(message.validatorId), expiresAt: BigInt(message.expiresAt) },
  });

export const keyHashOf = (consensusKey: Hex): Hex => keccak256(consensusKey);

/** The line that a node is sent: JSON, without the line feed that ends it. */
export const writeChallenge = (asked: NodeChallenge): string => JSON.stringify({ form: FORM, ...asked });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A challenge by its line; undefined if it is none. */
export function readChallenge(text: string): NodeChallenge | undefined {
  const read = line.safeParse(json(text));
  if (!read.success) return undefined;
  const { form: _, ...asked } = read.data;
  return asked;
}

export const writeAnswer = (signed: Hex): string => JSON.stringify({ signature: signed });

/** The signature in a node's answer; undefined if there is none. */
export function readAnswer(text: string): Hex | undefined {
  const read = answer.safeParse(json(text));
  return read.success ? read.data.signature : undefined;
}
