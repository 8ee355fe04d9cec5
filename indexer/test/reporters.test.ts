import { ethers } from "ethers";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { localWallet } from "../../scripts/local/chain.ts";
import { signVote } from "../../scripts/local/past/votes.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { readEnv } from "../src/env.ts";
import { openLog } from "../src/platform/telemetry/log.ts";
import { startReporter } from "../src/roles/reporter/reporter.ts";
import { address, startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { until } from "./harness/until.ts";

const EPOCH = 30;
/** Seconds from an agreement to its first confirmation, on local chains. */
const CONFIRM_DELAY = 10;
/** As `IPerformanceOracle.ReportState`. */
const SUPERSEDED = 5;
/** Blocks of a fresh epoch beside those of the reporters' own transactions. */
const BLOCKS = 8;
/** Wallets of the reporters: three members of the oracle, and who takes a place later. */
const WALLETS = [0, 10, 11, 12];
const consensusKeys = ["Hangang", "Seorak", "Jirisan"].map(
  (name, i) => new ethers.Wallet(ethers.id(`key ${i + 1} ${name}`)),
);

/** One reporter: its own key, database and feed; it may stop and start again. */
interface Reporter {
  wallet: number;
  database: TestDatabase;
  port: number;
  running: { stop(): Promise<void> } | undefined;
}
type SentVote = { key: string; height: number; round: number; step: number; blockHash: string; signature: string };

let chain: TestChain;
const reporters: Reporter[] = [];
const [first, second, third, fourth] = [0, 1, 2, 3].map((i) => () => reporters[i] as Reporter) as [
  () => Reporter,
  () => Reporter,
  () => Reporter,
  () => Reporter,
];

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  // A copied world is older than the clock: its next block is of now.
  await chain.mine();
  for (const wallet of WALLETS) {
    await chain.rpc("anvil_setBalance", [address(wallet), "0x56bc75e2d63100000"]);
    const port = await freePort(35_500 + 20 * reporters.length);
    reporters.push({ wallet, database: await freshDatabase(inject("postgres")), port, running: undefined });
  }
  for (const wallet of WALLETS.slice(1, 3)) await govern("addMember", [address(wallet), 2]);
});

afterAll(async () => {
  for (const one of reporters) {
    await stop(one);
    await one.database.drop();
  }
  await chain?.stop();
});

/** A call of the oracle by the timelock, which alone may make it. */
async function govern(name: "addMember" | "removeMember", args: unknown[]) {
  const { TimelockController: timelock, PerformanceOracle: oracle } = chain.record.contracts;
  await chain.rpc("anvil_setBalance", [timelock.address, "0x56bc75e2d63100000"]);
  await chain.rpc("anvil_impersonateAccount", [timelock.address]);
  const data = new ethers.Interface([`function ${name}(address, uint256)`]).encodeFunctionData(name, args);
  const call = { from: timelock.address, to: oracle.address, data, gas: "0x2dc6c0" };
  const { status } = await chain.mined(await chain.rpc<string>("eth_sendTransaction", [call]));
  if (status !== "0x1") throw new Error(`${name} was refused`);
}

async function start(...some: Reporter[]) {
  for (const one of some) {
    const env = readEnv({
      DATABASE_URL: one.database.url,
      RPC_URL: chain.url,
      CHAIN_ID: String(chain.record.chainId),
      ROLES: "reporter",
      REPORTER_KEY: localWallet(one.wallet).privateKey,
      REPORTER_PORT: String(one.port),
      REPORTER_DEPTH: "0",
      REPORTER_POLL_MS: "100",
    });
    one.running = await startReporter(env, chain.record, openLog("silent"));
  }
}

async function stop(...some: Reporter[]) {
  for (const one of some) {
    await one.running?.stop();
    one.running = undefined;
  }
}

/** The reporters have done what the epoch before asked for. */
async function quiet() {
  let [height, rounds] = [-1, 0];
  await until("the reporters rest", async () => {
    const now = await chain.height();
    rounds = now === height ? rounds + 1 : 0;
    height = now;
    return rounds >= 20;
  });
}

/** Mines the blocks of a fresh epoch; each validator votes for those that `signs` names, `lies` are the others. */
async function fresh(signs: (validator: number, height: number) => boolean) {
  const newest = (await chain.provider.getBlock("latest"))?.timestamp ?? 0;
  const epoch = Math.floor(newest / EPOCH) + 2;
  await chain.rpc("evm_setNextBlockTimestamp", [epoch * EPOCH]);
  await chain.mine();
  const from = await chain.height();
  // They report the last epoch that had blocks in this one, and those blocks are voted for like all others.
  await processed(epoch - 2);
  await quiet();
  await chain.mine(BLOCKS);
  const to = await chain.height();
  const votes: SentVote[] = [];
  const lies: SentVote[] = [];
  for (let height = from; height <= to; height++) {
    const blockHash = (await chain.provider.getBlock(height))?.hash ?? "";
    for (const [validator, key] of consensusKeys.entries()) {
      const body = { height, round: 0, step: 1, blockHash };
      const signature = await signVote(chain.record, key, { chainId: chain.record.chainId, ...body });
      (signs(validator, height) ? votes : lies).push({ key: key.address, ...body, signature });
    }
  }
  return { epoch, votes, lies };
}

async function tell(votes: SentVote[], ...some: Reporter[]) {
  for (const { port } of some) {
    const response = await fetch(`http://127.0.0.1:${port}/votes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ votes }),
    });
    const { results } = (await response.json()) as { results: string[] };
    expect(results.every((result) => result === "TAKEN")).toBe(true);
  }
}

const processed = (epoch: number) =>
  until(`epoch ${epoch} is processed`, async () => {
    const last = await chain.view<number>("PerformanceOracle", "lastProcessedEpoch");
    return last >= epoch;
  });
const voteOf = (epoch: number, { wallet }: Reporter) =>
  chain.view<string>("PerformanceOracle", "voteOf", [epoch, address(wallet)]);
const hashOf = async (epoch: number) =>
  (await chain.view<{ hash: string }>("PerformanceOracle", "reportOf", [epoch])).hash;
const uptimeOf = async (validatorId: number) =>
  (await chain.view<{ uptimes: number[] }>("PerformanceOracle", "recordOf", [validatorId])).uptimes[0] ?? -1;

/** Whether a validator counts as down in the latest epoch that was reported of it. */
const wentDown = async (validatorId: number) =>
  ((await chain.view<[number, number]>("PerformanceOracle", "downtimeOf", [validatorId]))[0] & 1) === 1;

/** Members of an event about `epoch`, in the order of the chain. */
async function membersOf(event: string, epoch: number): Promise<string[]> {
  const face = new ethers.Interface([`event ${event}`]);
  const [name = ""] = event.split("(");
  const topics = face.encodeFilterTopics(name, [epoch]);
  const target = chain.record.contracts.PerformanceOracle.address;
  const logs = await chain.provider.getLogs({ address: target, topics, fromBlock: 0, toBlock: "latest" });
  return logs.map(({ topics: [, , who = ""] }) => ethers.getAddress(`0x${who.slice(-40)}`));
}

const submitters = (epoch: number) =>
  membersOf("ReportSubmitted(uint32 indexed, address indexed, bytes32, uint16)", epoch);
const confirmers = (epoch: number) =>
  membersOf("ReportConfirmed(uint32 indexed, address indexed, bytes32, uint256)", epoch);
const agreedOn = (epoch: number) =>
  until(`epoch ${epoch} is agreed on`, async () => (await submitters(epoch)).length === 2);

it("three agree on one hash, and none submits it twice", async () => {
  await start(first(), second(), third());
  const { epoch, votes } = await fresh((validator, height) => validator !== 1 || height % 4 !== 0);
  await tell(votes, first(), second(), third());
  await chain.passTime(EPOCH);
  await processed(epoch);
  const hash = await hashOf(epoch);
  const who = await submitters(epoch);
  expect(who.length).toBeGreaterThanOrEqual(2);
  expect(new Set(who).size).toBe(who.length);
  for (const one of [first(), second(), third()].filter(({ wallet }) => who.includes(address(wallet))))
    expect(await voteOf(epoch, one)).toBe(hash);
  expect(await uptimeOf(2)).toBeLessThan(await uptimeOf(1));
});

it("one that was told lies speaks first and loses", async () => {
  const { epoch, votes, lies } = await fresh((validator, height) => validator !== 1 || height % 4 !== 0);
  await tell(votes, first(), second());
  await tell([...votes, ...lies], third());
  await stop(first(), second());
  await chain.passTime(EPOCH);
  const lie = await until("the third has voted", async () => {
    const hash = await voteOf(epoch, third());
    return hash !== ethers.ZeroHash && hash;
  });
  await start(first(), second());
  await processed(epoch);
  const hash = await hashOf(epoch);
  expect(hash).not.toBe(lie);
  expect([await voteOf(epoch, first()), await voteOf(epoch, second())]).toEqual([hash, hash]);
  expect(await uptimeOf(2)).toBeLessThan(await uptimeOf(1));
});

it("one that is dead holds nothing up", async () => {
  await stop(third());
  const { epoch, votes } = await fresh(() => true);
  await tell(votes, first(), second());
  await chain.passTime(EPOCH);
  await processed(epoch);
  expect(await submitters(epoch)).not.toContain(address(third().wallet));
});

it("an outage is looked at a second time, confirmed after the delay and processed", async () => {
  const { epoch, votes } = await fresh((validator) => validator !== 1);
  await tell(votes, first(), second());
  await chain.passTime(EPOCH);
  await agreedOn(epoch);
  expect(await confirmers(epoch)).toEqual([]);
  await chain.passTime(CONFIRM_DELAY);
  await processed(epoch);
  expect((await confirmers(epoch)).sort()).toEqual([address(first().wallet), address(second().wallet)].sort());
  expect(await wentDown(2)).toBe(true);
});

it("votes that arrive after an outage was agreed on keep it from being confirmed", async () => {
  // Up again, so that it can go down once more.
  const before = await fresh(() => true);
  await tell(before.votes, first(), second());
  await chain.passTime(EPOCH);
  await processed(before.epoch);
  const { epoch, votes, lies: late } = await fresh((validator) => validator !== 1);
  await tell(votes, first(), second());
  await chain.passTime(EPOCH);
  await agreedOn(epoch);
  await tell(late, first());
  await chain.passTime(CONFIRM_DELAY);
  await until("the second has confirmed", async () => (await confirmers(epoch)).length > 0);
  await quiet();
  expect(await confirmers(epoch)).toEqual([address(second().wallet)]);
  expect(await chain.view<number>("PerformanceOracle", "lastProcessedEpoch")).toBeLessThan(epoch);
});

it("an epoch that waits for its second quorum holds up none after it", async () => {
  const waiting = await chain.view<{ epoch: number }>("PerformanceOracle", "progress");
  const { epoch, votes } = await fresh(() => true);
  await tell(votes, first(), second());
  await chain.passTime(EPOCH);
  await processed(epoch);
  expect((await chain.view<{ state: number }>("PerformanceOracle", "reportOf", [waiting.epoch])).state).toBe(
    SUPERSEDED,
  );
  expect(await wentDown(2)).toBe(false);
});

it("who takes a place counts, and who lost it does not", async () => {
  await stop(second());
  await govern("addMember", [address(fourth().wallet), 3]);
  await govern("removeMember", [address(third().wallet), 2]);
  await start(third(), fourth());
  const { epoch, votes } = await fresh(() => true);
  await tell(votes, first(), third(), fourth());
  await chain.passTime(EPOCH);
  await processed(epoch);
  expect((await submitters(epoch)).sort()).toEqual([address(first().wallet), address(fourth().wallet)].sort());
});
