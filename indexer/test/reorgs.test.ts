import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { digest } from "../src/platform/db/tables.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let database: TestDatabase;
const random = sequence(11);

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
});
afterAll(() => chain?.stop());
beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterEach(() => database?.drop());

const sameAsFresh = async () =>
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));

const follow = (finalityDepth = 64) =>
  engine(database.pool, { urls: [chain.url], record: chain.record, finalityDepth, proof: "bloom" });

const count = async (text: string) => Number((await database.pool.query<{ n: string }>(text)).rows[0]?.n);

it.each([1, 2, 3, 5, 8, 12])("given a reorganisation %i deep, tells the new chain", async (depth) => {
  await traffic(chain, random, 14);
  const { sync } = await follow();
  await catchUp(sync);
  await chain.rollBack(depth);
  await traffic(chain, random, depth + 2);
  const steps = await catchUp(sync);
  expect(steps.find(({ kind }) => kind === "reorganised")?.depth).toBe(depth);
  await sameAsFresh();
});

it("given a chain that is as high, and one that is shorter, tells the new one", async () => {
  const { sync } = await follow();
  for (const [away, instead] of [
    [4, 4],
    [6, 2],
    [3, 1],
  ] as const) {
    await traffic(chain, random, 8);
    await catchUp(sync);
    await chain.rollBack(away);
    await traffic(chain, random, instead);
    expect((await catchUp(sync)).map(({ kind }) => kind)).toContain("reorganised");
    await sameAsFresh();
  }
});

it("given nested reorganisations, tells the last chain", async () => {
  const { sync } = await follow();
  await traffic(chain, random, 12);
  await catchUp(sync);
  for (const depth of [3, 5, 2, 9]) {
    await chain.rollBack(depth);
    await traffic(chain, random, depth - 1);
    await sync.step();
    await traffic(chain, random, 2);
  }
  await catchUp(sync);
  await sameAsFresh();
});

it("given a reorganisation while it was down, tells the new chain when it is back", async () => {
  await traffic(chain, random, 12);
  await catchUp((await follow()).sync);
  await chain.rollBack(10);
  await traffic(chain, random, 4);
  await catchUp((await follow()).sync);
  await sameAsFresh();
});

it("given a head that only lags, takes nothing back", async () => {
  const { sync } = await follow();
  await catchUp(sync);
  const reorgs = await count("select count(*) as n from ops.reorgs");
  await chain.rollBack(2);
  expect((await sync.step()).kind).toBe("idle");
  expect(await count("select count(*) as n from ops.reorgs")).toBe(reorgs);
});

it("given a change below what was final, stops and names the command that rebuilds", async () => {
  const { sync } = await follow(4);
  await traffic(chain, random, 10);
  await catchUp(sync);
  const before = await digest(database.pool);
  await chain.rollBack(7);
  await traffic(chain, random, 8);
  await expect(catchUp(sync)).rejects.toMatchObject({
    code: "REORG_BEYOND_FINALITY",
    message: expect.stringContaining("npm run indexer -- replay"),
  });
  expect(await digest(database.pool)).toEqual(before);
});

it("given another finality on a restart, never undoes what has no journal", async () => {
  await traffic(chain, random, 12);
  await catchUp((await follow(3)).sync);
  await chain.rollBack(6);
  await traffic(chain, random, 7);
  await expect(catchUp((await follow(64)).sync)).rejects.toMatchObject({ code: "REORG_BEYOND_FINALITY" });
});

it("given a block that is orphaned and comes back, announces and retracts each occurrence", async () => {
  const { sync } = await follow();
  await catchUp(sync);
  const at = Number((await chain.rpc<{ timestamp: string }>("eth_getBlockByNumber", ["latest", false])).timestamp);
  const sendAt = async (offset: number) => {
    await chain.rpc("evm_setNextBlockTimestamp", [at + offset]);
    await chain.mined(await chain.send(4, "StakingCore", "delegate", [1, 10n ** 21n, 0n]));
    return (await chain.rpc<{ hash: string }>("eth_getBlockByNumber", ["latest", false])).hash;
  };
  const first = await sendAt(5);
  await catchUp(sync);
  for (let round = 0; round < 2; round++) {
    await chain.rollBack(1);
    await sendAt(9);
    await catchUp(sync);
    await chain.rollBack(1);
    expect(await sendAt(5)).toBe(first);
    await catchUp(sync);
  }
  const { rows } = await database.pool.query<{ retracts: string | null; id: string }>(
    "select id, retracts from ops.outbox where block_hash = $1 and event = 'StakeDelegated' order by id",
    [first],
  );
  expect(rows.map(({ retracts }) => retracts !== null)).toEqual([false, true, false, true, false]);
  expect(rows[1]?.retracts).toBe(rows[0]?.id);
  expect(rows[3]?.retracts).toBe(rows[2]?.id);
  expect(await count(`select count(*) as n from ops.orphans where hash = '${first}'`)).toBe(0);
  await sameAsFresh();
});

it("gives back every digit of a row that it undoes", async () => {
  const { sync } = await follow();
  await catchUp(sync);
  await database.pool.query("update chain.network set supply = 123456789012345678901234567890123456789012345678");
  const { sync: again } = await follow();
  const before = (await database.pool.query("select * from chain.network")).rows;
  await traffic(chain, random, 3);
  await catchUp(again);
  await chain.rollBack(3);
  await chain.mine();
  await catchUp(again);
  expect((await database.pool.query("select * from chain.network")).rows).toEqual(before);
});
