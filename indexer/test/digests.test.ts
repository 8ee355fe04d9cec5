import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { keptSpan } from "../src/platform/db/raw/logs.ts";
import { clearChain } from "../src/platform/db/tables.ts";
import { KeptBlocks } from "../src/roles/operation/kept.ts";
import { startTestApi } from "./harness/api.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine } from "./harness/engine.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let mine: TestDatabase;
let theirs: TestDatabase;
const random = sequence(47);

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
});
afterAll(() => chain?.stop());
beforeEach(async () => {
  mine = await freshDatabase(inject("postgres"));
  theirs = await freshDatabase(inject("postgres"));
});
afterEach(async () => {
  await mine?.drop();
  await theirs?.drop();
});

const follow = async ({ pool }: TestDatabase) => {
  const { sync } = await engine(pool, { urls: [chain.url], record: chain.record, proof: "bloom", finalityDepth: 20 });
  await catchUp(sync);
};

const digests = async ({ pool }: TestDatabase) =>
  (await pool.query("select number, hash, encode(digest, 'hex') as digest from ops.block_digests order by number"))
    .rows;

/** Follows in small steps, each by another process, through a reorganisation. */
async function followInSteps(): Promise<void> {
  for (let step = 0; step < 4; step++) {
    await traffic(chain, random, 5);
    await follow(mine);
    if (step !== 2) continue;
    await chain.rollBack(4);
    await traffic(chain, random, 2);
    await follow(mine);
  }
}

it("tells the same of two databases of one chain, however they came to its head", async () => {
  await followInSteps();
  await follow(theirs);
  expect(await digests(mine)).toEqual(await digests(theirs));
  const query = "{ checkpointDigests(first: 5) { nodes { block hash digest } asOfBlock { number } } }";
  const answers: unknown[] = [];
  for (const { url } of [mine, theirs]) {
    const api = await startTestApi(chain, url, {});
    try {
      answers.push((await api.ask(query)).data);
    } finally {
      await api.stop();
    }
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({
    checkpointDigests: {
      nodes: expect.arrayContaining([
        { block: 100, hash: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ]),
    },
  });
});

it("tells another digest of every block after a row was edited and used", async () => {
  await follow(mine);
  await follow(theirs);
  await mine.pool.query("update chain.network set delegated = delegated + 1");
  await chain.act(4, "StakingCore", "delegate", [1, 10n ** 21n, 0n]);
  await follow(mine);
  await follow(theirs);
  const [ours, others] = [await digests(mine), await digests(theirs)];
  expect(ours.at(-2)).toEqual(others.at(-2));
  expect(ours.at(-1)?.hash).toBe(others.at(-1)?.hash);
  expect(ours.at(-1)?.digest).not.toBe(others.at(-1)?.digest);
});

it("tells the same digests again from kept logs", async () => {
  await follow(mine);
  const before = await digests(mine);
  expect(before.length).toBeGreaterThan(20);
  const kept = await keptSpan(mine.pool);
  if (!kept) throw new Error("nothing is kept");
  await clearChain(mine.pool);
  const blocks = new KeptBlocks(mine.pool, kept);
  await catchUp(
    (await engine(mine.pool, { urls: [chain.url], record: chain.record, finalityDepth: 20, kept: blocks })).sync,
  );
  expect(await digests(mine)).toEqual(before);
});

it("keeps of what is final every hundredth block alone", async () => {
  await follow(mine);
  const { rows } = await mine.pool.query<{ n: string }>(
    "select count(*) as n from ops.block_digests d, ops.checkpoint c where d.number < c.final_block and d.number % 100 <> 0",
  );
  expect(rows[0]?.n).toBe("0");
});
