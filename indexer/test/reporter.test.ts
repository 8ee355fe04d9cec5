import { p256 } from "@noble/curves/p256";
import { ethers } from "ethers";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { localWallet } from "../../scripts/local/chain.ts";
import { signVote } from "../../scripts/local/past/votes.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { readEnv } from "../src/env.ts";
import { openLog } from "../src/platform/telemetry/log.ts";
import { startReporter } from "../src/roles/reporter/reporter.ts";
import { isSigned, type SignedVote } from "../src/roles/reporter/votes.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { until } from "./harness/until.ts";

let chain: TestChain;
let database: TestDatabase;
let reporter: { stop(): Promise<void> };
let feed: string;
const EPOCH = 30;
/** Consensus keys of the cast's validators, by id. */
const keys = [1, 2, 3].map(
  (id) => new ethers.Wallet(ethers.id(`key ${id} ${["Hangang", "Seorak", "Jirisan"][id - 1]}`)),
);

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  database = await freshDatabase(inject("postgres"));
  const port = await freePort(35_000);
  feed = `http://127.0.0.1:${port}/votes`;
  const env = readEnv({
    DATABASE_URL: database.url,
    RPC_URL: chain.url,
    CHAIN_ID: String(chain.record.chainId),
    ROLES: "reporter",
    REPORTER_KEY: localWallet(0).privateKey,
    REPORTER_PORT: String(port),
    REPORTER_DEPTH: "0",
    REPORTER_POLL_MS: "100",
  });
  reporter = await startReporter(env, chain.record, openLog("silent"));
});

afterAll(async () => {
  await reporter?.stop();
  await database?.drop();
  await chain?.stop();
});

async function post(
  body: unknown,
): Promise<{ status: number; body: { results?: string[]; error?: { code: string } } }> {
  const response = await fetch(feed, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as never };
}

/** A vote of a validator's key, for the block that the chain has unless another hash is given. */
async function vote(key: ethers.Wallet, height: number, blockHash?: string) {
  const hash = blockHash ?? (await chain.provider.getBlock(height))?.hash ?? "";
  const signed = { height, round: 0, step: 1, blockHash: hash };
  const signature = await signVote(chain.record, key, { chainId: chain.record.chainId, ...signed });
  return { key: key.address, ...signed, signature };
}

it("reports an ended epoch: who voted for its blocks, and what that earns", async () => {
  // A copied world is older than the clock: its next block is of now, and the reporter may send one at any moment.
  await chain.mine();
  const newest = (await chain.provider.getBlock("latest"))?.timestamp ?? 0;
  await chain.rpc("evm_setNextBlockTimestamp", [(Math.floor(newest / EPOCH) + 3) * EPOCH]);
  await chain.mine();
  const first = await chain.height();
  for (let i = 0; i < 9; i++) {
    await chain.rpc("evm_increaseTime", [1]);
    await chain.mine();
  }
  const last = await chain.height();
  const [steady, careless, third] = keys as [ethers.Wallet, ethers.Wallet, ethers.Wallet];
  const votes = [];
  for (let height = first; height <= last; height++) {
    votes.push(await vote(steady, height), await vote(third, height));
    // Every second block: half of its duties, which is not yet down.
    if (height % 2 === 0) votes.push(await vote(careless, height));
  }
  const { body } = await post({ votes });
  expect(body.results?.every((result) => result === "TAKEN")).toBe(true);

  const timestamp = (await chain.provider.getBlock(first))?.timestamp ?? 0;
  const epoch = Math.floor(timestamp / EPOCH);
  await chain.passTime(EPOCH);
  await until("the epoch is processed", async () =>
    (await chain.view<number>("PerformanceOracle", "lastProcessedEpoch")) >= epoch ? true : undefined,
  );
  const newestOf = async (validatorId: number) => {
    const record = await chain.view<{ latest: number; uptimes: number[] }>("PerformanceOracle", "recordOf", [
      validatorId,
    ]);
    return [record.latest, record.uptimes[0]];
  };
  expect(await newestOf(1)).toEqual([epoch, 10_000]);
  expect(await newestOf(2)).toEqual([epoch, 5_000]);
  // Equal stake and commission: who attested half of its blocks in this epoch has less in all.
  const earned = async (validatorId: number) =>
    (await chain.view<[bigint, bigint]>("RewardVault", "commissionOf", [validatorId]))[1];
  expect(await earned(2)).toBeGreaterThan(0n);
  expect(await earned(1)).toBeGreaterThan(await earned(2));
});

it("turns two votes for one height into a case", async () => {
  const key = keys[2] as ethers.Wallet;
  await chain.mine(2);
  const height = (await chain.height()) - 1;
  await post({ votes: [await vote(key, height)] });
  await post({ votes: [await vote(key, height, ethers.id("another block"))] });
  await until("a case against validator 3", async () => {
    const count = await chain.view<bigint>("SlashingManager", "caseCount");
    return count > 0n ? true : undefined;
  });
  const found = await chain.view<{ validatorId: number; kind: number; rewarded: boolean; reporter: string }>(
    "SlashingManager",
    "caseOf",
    [1],
  );
  expect(found).toMatchObject({ validatorId: 3, kind: 0, rewarded: true, reporter: localWallet(0).address });
});

it("refuses what is no vote, what nobody signed, and keys that it does not know", async () => {
  const good = await vote(keys[0] as ethers.Wallet, await chain.height());
  const stranger = await vote(new ethers.Wallet(ethers.id("stranger")), await chain.height());
  const forged = { ...good, signature: stranger.signature };
  expect((await post({ votes: [stranger, forged, good] })).body.results).toEqual([
    "UNKNOWN_KEY",
    "BAD_SIGNATURE",
    "TAKEN",
  ]);
  for (const bad of [
    "{",
    { votes: [] },
    { votes: [{ ...good, height: -1 }] },
    { votes: [{ ...good, key: "0x12" }] },
    {},
  ])
    expect(await post(bad)).toMatchObject({ status: 400, body: { error: { code: "VOTES_INVALID" } } });
  expect((await post({ votes: Array.from({ length: 500 }, () => good) })).status).toBe(400);
});

it("takes votes of P-256 keys with a low signature over the vote's digest, as the contract would", async () => {
  const domain = { chainId: chain.record.chainId, slashingManager: chain.record.contracts.SlashingManager.address };
  const privateKey = p256.utils.randomPrivateKey();
  const point = Buffer.from(p256.getPublicKey(privateKey, false)).subarray(1);
  const vote = { height: 1n, round: 0, step: 1, blockHash: `0x${"11".repeat(32)}` as const };
  const message = { chainId: BigInt(chain.record.chainId), ...vote };
  const digest = await chain.view<string>("SlashingManager", "voteDigest", [message]);
  const low = p256.sign(digest.slice(2), privateKey, { lowS: true });
  const high = new p256.Signature(low.r, p256.CURVE.n - low.s);
  const signed = (signature: string): SignedVote => ({
    ...vote,
    key: `0x${point.toString("hex")}`,
    signature: `0x${signature}`,
  });
  expect(await isSigned(signed(low.toCompactHex()), domain)).toBe(true);
  expect(await isSigned(signed(high.toCompactHex()), domain)).toBe(false);
  expect(await isSigned({ ...signed(low.toCompactHex()), height: 2n }, domain)).toBe(false);
});
