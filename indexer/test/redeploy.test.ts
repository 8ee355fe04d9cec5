import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { projectionsOf } from "../src/mirror.ts";
import type { ChainEvent } from "../src/platform/chain/decode.ts";
import { Beside } from "../src/platform/chain/edition/beside.ts";
import { MIRROR_VERSION, originOf } from "../src/platform/chain/edition/version.ts";
import { inForce, OTHER_VERSION } from "../src/platform/db/checkpoint.ts";
import { dropMirror, makeMirror, readMirrors, schemaOf } from "../src/platform/db/mirror/editions.ts";
import { Snapshot } from "../src/platform/db/reads/snapshot.ts";
import { chainTables, digest } from "../src/platform/db/tables.ts";
import type { Projection } from "../src/platform/domain.ts";
import { KeptBlocks, wholeLogs } from "../src/roles/operation/kept.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, type EngineOptions, engine, freshDigest } from "./harness/engine.ts";
import { sequence, traffic } from "./harness/traffic.ts";
import { until } from "./harness/until.ts";

let chain: TestChain;
let database: TestDatabase;
const random = sequence(53);
const FINALITY = 12;
const NEXT = "next";

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  await traffic(chain, random, 30);
});
afterAll(() => chain?.stop());
beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterEach(() => database?.drop());

/** A follower of a release. */
const follower = async (version: string) => {
  const options: EngineOptions = { urls: [chain.url], record: chain.record, proof: "bloom" };
  return (await engine(database.pool, { ...options, finalityDepth: FINALITY, version })).sync;
};

const sameAsFresh = async () =>
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));

/** A release's builder, as `redeploy` opens it. */
async function beside(pool: Pool, version: string, projections = projectionsOf): Promise<Beside> {
  const kept = await wholeLogs(pool, originOf(chain.record), chain.record.startBlock);
  if (!(await readMirrors(pool)).some((mirror) => mirror.version === version)) await makeMirror(pool, version);
  const opened = new Beside({
    pool,
    deployment: chain.record,
    version,
    tables: await chainTables(pool, schemaOf(version)),
    keptOf: (sql) => new KeptBlocks(sql, kept),
    projectionsOf: projections,
  });
  await opened.open();
  return opened;
}

async function build(one: Beside): Promise<void> {
  for (;;) {
    const { at, final } = await one.step();
    if (at >= final) return;
  }
}

async function redeploy(version: string, projections?: (event: ChainEvent) => Projection[]) {
  const one = await beside(database.pool, version, projections);
  await build(one);
  return one.takeOver();
}

it("brings rows in force that are those of a fresh mirror, while the chain goes on", async () => {
  const old = await follower(MIRROR_VERSION);
  await catchUp(old);
  const next = await beside(database.pool, NEXT);
  await build(next);
  await traffic(chain, random, 6);
  await catchUp(old);
  const head = (await inForce(database.pool))?.blockNumber;
  expect(await next.takeOver()).toEqual({ replaced: MIRROR_VERSION, blockNumber: head });
  await sameAsFresh();
});

it("stops whoever follows with the projections before, and lets those of the release go on", async () => {
  const old = await follower(MIRROR_VERSION);
  await catchUp(old);
  await redeploy(NEXT);
  await traffic(chain, random, 3);
  await expect(catchUp(old)).rejects.toMatchObject({ code: OTHER_VERSION });
  await catchUp(await follower(NEXT));
  await sameAsFresh();
});

it("goes back to the mirror before, which catches up from where it was left", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  await redeploy(NEXT);
  await traffic(chain, random, 20);
  await catchUp(await follower(NEXT));
  const [left] = await readMirrors(database.pool);
  expect(left?.version).toBe(MIRROR_VERSION);
  await redeploy(MIRROR_VERSION);
  await sameAsFresh();
  await traffic(chain, random, 3);
  await catchUp(await follower(MIRROR_VERSION));
  await sameAsFresh();
});

it("given a reorganisation after the switch, takes back blocks that the release before had told", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  await redeploy(NEXT);
  await chain.rollBack(8);
  await traffic(chain, random, 9);
  const steps = await catchUp(await follower(NEXT));
  expect(steps.map(({ kind }) => kind)).toContain("reorganised");
  await sameAsFresh();
});

it("given a reorganisation between two switches, goes back to the new chain", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  await redeploy(NEXT);
  await chain.rollBack(6);
  await traffic(chain, random, 7);
  await catchUp(await follower(NEXT));
  await redeploy(MIRROR_VERSION);
  await sameAsFresh();
});

it("given projections that tell other rows, serves theirs, and those before after going back", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  const before = await digest(database.pool);
  const shouting = (event: ChainEvent): Projection[] => [
    ...projectionsOf(event),
    async ({ blockNumber }, store) => {
      await store.put("latest_pauses", { scope: 99 }, { since: blockNumber });
    },
  ];
  await redeploy(NEXT, shouting);
  const { latest_pauses: there, blocks } = await digest(database.pool);
  expect(there).not.toBe(before.latest_pauses);
  expect(blocks).toBe(before.blocks);
  await redeploy(MIRROR_VERSION);
  expect(await digest(database.pool)).toEqual(before);
});

it("given an answer that is not complete, lets it end on the rows on which it began", async () => {
  const old = await follower(MIRROR_VERSION);
  await catchUp(old);
  const next = await beside(database.pool, NEXT);
  await build(next);
  const answer = new Snapshot(database.pool, 5_000);
  const version = async () =>
    (await answer.query<{ version: string }>("select version from ops.checkpoint")).rows[0]?.version;
  expect(await version()).toBe(MIRROR_VERSION);
  const taking = next.takeOver();
  await until("the switch to wait", async () => {
    const { rows } = await database.pool.query(
      "select 1 from pg_locks where relation = 'chain.blocks'::regclass and not granted",
    );
    return rows.length > 0;
  });
  const { rows } = await answer.query("select number from chain.blocks");
  expect(rows.length).toBeGreaterThan(0);
  expect(await version()).toBe(MIRROR_VERSION);
  await answer.end();
  await taking;
  expect((await inForce(database.pool))?.version).toBe(NEXT);
});

it("leaves the server the same rights", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  const rights = async () =>
    (
      await database.pool.query(
        `select c.relname, p.privilege, has_table_privilege('tburn_app', c.oid, p.privilege) as has
           from pg_class c, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references']) as p(privilege)
          where c.relnamespace = 'chain'::regnamespace and c.relkind = 'r' order by 1, 2`,
      )
    ).rows;
  const before = await rights();
  await redeploy(NEXT);
  expect(await rights()).toEqual(before);
});

it("given a build that is broken off, goes on where it stood", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  await (await beside(database.pool, NEXT)).step();
  const [left] = await readMirrors(database.pool);
  expect(left?.blockNumber).toBeGreaterThan(chain.record.startBlock);
  await redeploy(NEXT);
  await sameAsFresh();
});

it("forgets a mirror that is not in force", async () => {
  await catchUp(await follower(MIRROR_VERSION));
  await redeploy(NEXT);
  await dropMirror(database.pool, MIRROR_VERSION);
  expect(await readMirrors(database.pool)).toEqual([]);
  expect((await chainTables(database.pool, schemaOf(MIRROR_VERSION))).size).toBe(0);
});
