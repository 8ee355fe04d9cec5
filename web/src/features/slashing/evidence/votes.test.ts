import { p256 } from "@noble/curves/p256";
import { type Hex, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { evidenceDigest, examine, type Vote, voteDigest } from "./votes.ts";

const manager = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const account = privateKeyToAccount(`0x${"1".repeat(64)}`);
const vote = (blockHash: `0x${string}`): Vote => ({ chainId: 31337n, height: 7n, round: 0, step: 2, blockHash });
const votes = [vote(`0x${"a".repeat(64)}`), vote(`0x${"b".repeat(64)}`)];

async function evidence() {
  const digests = votes.map((one) => voteDigest(one, 31337, manager));
  const signatures = await Promise.all(digests.map((hash) => account.sign({ hash })));
  const [a = "0x", b = "0x"] = digests;
  return { signed: { key: account.address, votes, signatures }, hash: evidenceDigest(account.address, a, b) };
}

const pointOf = (secret: Uint8Array) => toHex(p256.getPublicKey(secret, false).slice(1));

/** The same contradiction, signed by a P-256 key. */
async function pointEvidence() {
  const secret = new Uint8Array(32).fill(7);
  const key = pointOf(secret);
  const digests = votes.map((one) => voteDigest(one, 31337, manager));
  const signatures = digests.map((hash): Hex => `0x${p256.sign(hash.slice(2), secret, { lowS: true }).toCompactHex()}`);
  const [a = "0x", b = "0x"] = digests;
  return { signed: { key, votes, signatures }, hash: evidenceDigest(key, a, b) };
}

describe("examine", () => {
  it("finds the key behind both votes, and that they contradict each other", async () => {
    const { signed, hash } = await evidence();
    const found = await examine(signed, 31337, manager);
    expect(found).toMatchObject({ isConflicting: true, isSigned: true, evidenceHash: hash });
    expect(found.signers).toEqual([account.address, account.address]);
  });
  it("sees a vote that was changed after it was signed", async () => {
    const { signed, hash } = await evidence();
    const changed = { ...signed, votes: [votes[0] as Vote, vote(`0x${"c".repeat(64)}`)] };
    const found = await examine(changed, 31337, manager);
    expect(found.isSigned).toBe(false);
    expect(found.evidenceHash).not.toBe(hash);
  });
  it("does not take two equal votes for a contradiction", async () => {
    const { signed } = await evidence();
    const same = { ...signed, votes: [votes[0] as Vote, votes[0] as Vote] };
    expect((await examine(same, 31337, manager)).isConflicting).toBe(false);
  });
  it("verifies the votes of a P-256 key", async () => {
    const { signed, hash } = await pointEvidence();
    expect(await examine(signed, 31337, manager)).toMatchObject({
      isConflicting: true,
      isSigned: true,
      evidenceHash: hash,
      signers: [undefined, undefined],
    });
  });
  it("refuses another point, a changed vote, a malleable signature and what is no signature", async () => {
    const { signed } = await pointEvidence();
    const isSigned = async (part: Partial<typeof signed>) =>
      (await examine({ ...signed, ...part }, 31337, manager)).isSigned;
    const [first, second] = signed.signatures as [Hex, Hex];
    expect(await isSigned({ key: pointOf(new Uint8Array(32).fill(9)) })).toBe(false);
    expect(await isSigned({ votes: [votes[1] as Vote, votes[0] as Vote] })).toBe(false);
    const { r, s } = p256.Signature.fromCompact(second.slice(2));
    const twin = new p256.Signature(r, p256.CURVE.n - s).toCompactHex();
    expect(await isSigned({ signatures: [first, `0x${twin}`] })).toBe(false);
    expect(await isSigned({ signatures: [first, "0x12"] })).toBe(false);
    expect(await isSigned({ signatures: [first] })).toBe(false);
    expect(await isSigned({ key: "0x12" })).toBe(false);
  });
});
