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
  it("leaves keys that cannot be recovered to the contract", async () => {
    const { signed } = await evidence();
    const found = await examine({ ...signed, key: `0x${"d".repeat(128)}` }, 31337, manager);
    expect(found.isSigned).toBeUndefined();
  });
});
