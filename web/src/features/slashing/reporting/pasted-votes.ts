import type { Hex } from "viem";
import * as z from "zod/mini";
import type { SignedPair } from "../evidence/provable.ts";

const hex = (...bytes: number[]) =>
  z.custom<Hex>(
    (value) => typeof value === "string" && bytes.some((n) => new RegExp(`^0x[0-9a-fA-F]{${n * 2}}$`).test(value)),
  );
const lower = (value: Hex) => value.toLowerCase() as Hex;
const whole = (most: number) => z.int().check(z.gte(0), z.lte(most));

/** A signed vote as nodes hand it to the reporter: a 20-byte key is an address, a 64-byte one a point of P-256. */
const signedVote = z.object({
  key: z.pipe(hex(20, 64), z.transform(lower)),
  height: whole(Number.MAX_SAFE_INTEGER),
  round: whole(2 ** 32 - 1),
  step: whole(255),
  blockHash: z.pipe(hex(32), z.transform(lower)),
  signature: hex(64, 65),
});
const pair = z.tuple([signedVote, signedVote]);
const pasted = z.union([
  pair,
  z.pipe(
    z.object({ votes: pair }),
    z.transform(({ votes }) => votes),
  ),
]);

/** Why a text is no pair of votes. */
type Problem = "notJson" | "notVotes" | "notOneKey";
export type Pasted = { pair: SignedPair } | { problem: Problem };

/** Reads two signed votes of one key: a list of both, or the reporter's `{ "votes": [ … ] }`. */
export function readVotes(text: string, chainId: number): Pasted {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "notJson" };
  }
  const found = pasted.safeParse(json);
  if (!found.success) return { problem: "notVotes" };
  const [first, second] = found.data;
  if (first.key !== second.key) return { problem: "notOneKey" };
  const vote = ({ height, round, step, blockHash }: typeof first) => ({
    ...{ chainId: BigInt(chainId), height: BigInt(height), round, step, blockHash },
  });
  const { key, signature: sigA } = first;
  return { pair: { key, a: vote(first), b: vote(second), sigA, sigB: second.signature } };
}
