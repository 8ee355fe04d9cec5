import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine } from "./harness/engine.ts";
import { sequence, traffic } from "./harness/traffic.ts";

const DEPTH = 4;
const random = sequence(41);
let chain: TestChain;
let database: TestDatabase;

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  await traffic(chain, random, 10);
});
afterAll(() => chain?.stop());
beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterEach(() => database?.drop());

const follow = async (announcesHistory: boolean) => {
  const { sync } = await engine(database.pool, {
    urls: [chain.url],
    record: chain.record,
    finalityDepth: DEPTH,
    announcesHistory,
  });
  await catchUp(sync);
};

/** Blocks with events of ours, and those of which something is announced. */
async function blocks() {
  const { rows: told } = await database.pool.query<{ n: string }>(
    "select number as n from chain.blocks where log_count > 0 order by number",
  );
  const { rows: announced } = await database.pool.query<{ n: string }>(
    "select distinct block_number as n from ops.outbox order by block_number",
  );
  return { told: told.map(({ n }) => Number(n)), announced: announced.map(({ n }) => Number(n)) };
}

it("a mirror that is filled for the first time announces nothing of what was final before it was begun", async () => {
  const final = (await chain.height()) - DEPTH;
  await follow(false);
  const { told, announced } = await blocks();
  expect(told.some((number) => number <= final)).toBe(true);
  expect(announced).toEqual(told.filter((number) => number > final));
});

it("a mirror that was down announces all that it missed, final or not", async () => {
  await follow(false);
  const down = await chain.height();
  await traffic(chain, random, DEPTH * 2);
  await follow(false);
  const { told, announced } = await blocks();
  const missed = told.filter((number) => number > down);
  expect(missed.length).toBeGreaterThan(DEPTH);
  expect(announced.filter((number) => number > down)).toEqual(missed);
});

it("a mirror that is told to announce its history does so from the first block on", async () => {
  await follow(true);
  const { told, announced } = await blocks();
  expect(announced).toEqual(told);
});
