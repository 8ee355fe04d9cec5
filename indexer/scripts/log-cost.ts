// node indexer/scripts/log-cost.ts [--of logs|versions] [--rounds N] [--blocks N]
// What keeping raw logs, or versions of rows, costs a backfill: the blocks of one chain, held in memory, are told with and
// without keeping, in turns.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Deployment } from "@tburn/deployments";
import { postgresDir, startPostgres } from "../../scripts/local/postgres.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { projectionsOf } from "../src/mirror.ts";
import { decoder } from "../src/platform/chain/decode.ts";
import { MIRROR_VERSION } from "../src/platform/chain/edition/version.ts";
import { Rpc } from "../src/platform/chain/rpc.ts";
import { type Blocks, type Page, Source } from "../src/platform/chain/source.ts";
import { Sync } from "../src/platform/chain/sync.ts";
import { chainTables } from "../src/platform/db/tables.ts";
import { startTestChain } from "../test/harness/chain.ts";
import { freshDatabase } from "../test/harness/database.ts";
import { catchUp } from "../test/harness/engine.ts";
import { sequence, traffic } from "../test/harness/traffic.ts";

const whole = { type: "string" } as const;
const { values } = parseArgs({ options: { of: whole, rounds: whole, blocks: whole } });
const of = values.of === "versions" ? "versions" : "logs";
const [rounds, count] = [Number(values.rounds ?? 5), Number(values.blocks ?? 300)];

/** All blocks of a chain with `count` more of traffic. */
async function recorded(): Promise<{ record: Deployment; batch: Page }> {
  const chain = await startTestChain();
  try {
    await traffic(chain, sequence(61), count);
    const rpc = new Rpc([chain.url], chain.record.chainId);
    const { addresses, topics } = decoder(chain.record);
    const source = new Source({ rpc, addresses, topics, proof: "bloom", finalityDepth: 64 });
    const head = (await source.newest()).number;
    const all: Page = { headers: [], logs: [] };
    for (let from = chain.record.startBlock; from <= head; from = (all.headers.at(-1)?.number ?? head) + 1) {
      const batch = await source.take(from, head);
      all.headers.push(...(batch?.headers ?? []));
      all.logs.push(...(batch?.logs ?? []));
    }
    return { record: chain.record, batch: all };
  } finally {
    await chain.stop();
  }
}

/** Blocks in memory, some at once. */
const held = ({ headers, logs }: Page): Blocks => ({
  newest: async () => headers.at(-1) as Page["headers"][number],
  take: async (from, head) => {
    const to = Math.min(head, from + 99);
    return {
      confirmed: head,
      headers: headers.filter(({ number }) => number >= from && number <= to),
      logs: logs.filter(({ blockNumber }) => blockNumber >= from && blockNumber <= to),
    };
  },
  forget: () => undefined,
});

/** What is kept, by the tables that it takes. */
const takes = {
  logs: ["ops.raw_logs", "ops.raw_blocks"],
  versions: ["validator", "position", "cohort", "member", "grade", "vote"].map((name) => `chain.${name}_versions`),
};

/** Milliseconds to tell everything in an empty database, and what is kept takes there. */
async function told(server: string, record: Deployment, batch: Page, isKeeping: boolean) {
  const database = await freshDatabase(server);
  try {
    const rpc = new Rpc(["http://127.0.0.1:9"], record.chainId);
    const tables = await chainTables(database.pool);
    if (of === "versions" && !isKeeping) for (const table of tables.values()) table.versions = undefined;
    const from = of === "versions" || isKeeping ? { source: held(batch) } : { kept: held(batch) };
    const sync = new Sync({
      ...{
        pool: database.pool,
        version: MIRROR_VERSION,
        rpc,
        deployment: record,
        tables,
        finalityDepth: 64,
        proof: "bloom",
        projectionsOf,
      },
      ...from,
    });
    const startedAt = performance.now();
    await catchUp(sync);
    const ms = performance.now() - startedAt;
    const { rows } = await database.pool.query<{ bytes: string }>(
      "select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) as t (name)",
      [takes[of]],
    );
    return { ms, bytes: Number(rows[0]?.bytes) };
  } finally {
    await database.drop();
  }
}

const median = (numbers: number[]) => Math.round(numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0);

const { record, batch } = await recorded();
const dir = mkdtempSync(join(tmpdir(), "tburn-log-cost-"));
const server = await startPostgres({ dir, port: await freePort(33_200) });
try {
  const [kept, not]: [number[], number[]] = [[], []];
  let bytes = 0;
  await told(server.url, record, batch, true);
  for (let round = 0; round < rounds; round++) {
    const keeping = await told(server.url, record, batch, true);
    kept.push(keeping.ms);
    bytes = keeping.bytes;
    not.push((await told(server.url, record, batch, false)).ms);
  }
  const [logs, blocks] = [batch.logs.length, batch.headers.length];
  console.log(
    JSON.stringify({ of, blocks, logs, rounds, keptMs: median(kept), notKeptMs: median(not), bytes }, null, 2),
  );
} finally {
  await server.stop();
  for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
}
