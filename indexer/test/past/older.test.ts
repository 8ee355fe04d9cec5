import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { migrate } from "../../src/platform/db/migrate.ts";
import { chainTables, digest } from "../../src/platform/db/tables.ts";
import { startTestApi, type TestApi } from "../harness/api.ts";
import { startTestChain, type TestChain } from "../harness/chain.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { catchUp, engine, freshDigest, retold } from "../harness/engine.ts";
import { sequence, traffic } from "../harness/traffic.ts";
import { expectSame, keysOf, type MirrorAt, mirrorAt } from "./mirror-at.ts";

// A mirror that a release without versions has made, and that is migrated.
const random = sequence(83);
const FINALITY = 18;

let chain: TestChain;
let database: TestDatabase;
let api: TestApi;
let stopped: MirrorAt;
/** The last block that was final at the migration. */
let start: number;

const options = () => ({ urls: [chain.url], record: chain.record, finalityDepth: FINALITY, proof: "bloom" as const });

async function follow(): Promise<void> {
  const { sync } = await engine(database.pool, options());
  await catchUp(sync);
}

/** Takes the migration back, and everything that it brought. */
async function makeOlder(): Promise<void> {
  const past = [...(await chainTables(database.pool)).values()].flatMap(({ versions }) => versions?.table ?? []);
  expect(past).toHaveLength(6);
  await database.pool.query(`
    drop table ${past.map((name) => `chain.${name}`).join(", ")}, ops.version_start;
    drop index chain.position_owners_by_validator;
    delete from ops.journal where table_name in (${past.map((name) => `'${name}'`).join(", ")});
    alter table ops.checkpoint drop column versioned_to;
    delete from ops.migrations where name like '0035%'`);
}

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  database = await freshDatabase(inject("postgres"));
  await traffic(chain, random, 30);
  await follow();
  await traffic(chain, random, 25);
  await follow();
  await makeOlder();
  start = (await chain.height()) - FINALITY;
  expect(await migrate(database.ownerUrl)).toEqual(["0035_versions.sql"]);
  api = await startTestApi(chain, database.url);
}, 120_000);

afterAll(async () => {
  await stopped?.stop();
  await api?.stop();
  await database?.drop();
  await chain?.stop();
});

async function expectPast(blocks: number[]): Promise<void> {
  await stopped?.stop();
  stopped = await mirrorAt(inject("postgres"), chain, database.pool);
  const keys = await keysOf(database.pool);
  for (const at of blocks) {
    await stopped.moveTo(at);
    await expectSame(api, stopped.api, at, keys, random);
  }
}

const ask = (at: number) => api.ask(`{ validator(validatorId: 1, asOfBlock: ${at}) { totalStake } }`);

it("refuses what is older than its versions, and names the command that makes them", async () => {
  expect((await ask(start - 1)).errors?.[0]).toMatchObject({
    message: expect.stringMatching(new RegExp(`from block ${start} on.*npm run indexer -- replay --from-logs`)),
    extensions: { code: "HISTORY_NOT_KEPT" },
  });
});

it("knows every block from the last final one on, from what the journal had kept", async () => {
  await expectPast([start, start + 1, start + 7, start + 12, start + FINALITY]);
});

it("given a reorganisation to before the migration, tells the past of the new chain", async () => {
  await chain.rollBack(FINALITY - 5);
  await traffic(chain, random, FINALITY);
  await follow();
  await expectPast([start, start + 4, start + 6, start + 11, await chain.height()]);
});

it("stops an older build that still follows", async () => {
  await expect(
    database.pool.query("update ops.checkpoint set block_number = block_number + 1, block_hash = '0x1'"),
  ).rejects.toThrow("versioned");
});

it("knows everything once it is told anew", async () => {
  expect(await retold(database.pool, options())).toEqual(
    await freshDigest(inject("postgres"), chain.url, chain.record),
  );
  expect(await digest(database.pool)).toHaveProperty("position_versions");
  expect((await ask(start - 1)).errors).toBeUndefined();
  await expectPast([chain.record.startBlock + 3, start - 9, start - 1]);
});
