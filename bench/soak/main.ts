// npm run bench -- soak [--minutes N] [--rate EVENTS]
// A follower and an API under steady traffic, with a reorganisation each minute: what must stay flat, as a chart.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { rpc } from "../../indexer/test/harness/actors.ts";
import { start } from "../../indexer/test/harness/process.ts";
import { sequence } from "../../indexer/test/harness/traffic.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { type BenchChain, buildChain } from "../chain/build.ts";
import { freshDatabase } from "../database.ts";
import { machine } from "../figures.ts";
import { onServer } from "../stage.ts";
import { chartOf } from "./chart.ts";
import { drift, type Figure, look, type Sample } from "./samples.ts";

const help = `npm run bench -- soak [--minutes 30] [--rate 200]

A block a second with so many events, and a reorganisation of 1 to 12 blocks each minute, while a process follows and answers.
Keeps bench/results/soak.json and soak.svg. Exit codes: 0 caught up at the end, 1 not.`;

const SAMPLE_MS = 5_000;
const REORG_S = 60;
const LOOK_MS = 100;
const PATIENCE_MS = 30_000;
const DEEPEST = 12;
const results = join(import.meta.dirname, "../results");

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    rate: { type: "string", default: "200" },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** Looks until something is so. @returns whether it came to be in half a minute */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS, await rest(LOOK_MS)) if (await isSo()) return true;
  return false;
}

/**
 * A block each second; takes some back each minute, once they were told: others would leave nothing to undo.
 * @returns how many reorganisations there were
 */
async function act(chain: BenchChain, seconds: number, isTold: () => Promise<boolean>): Promise<number> {
  const random = sequence(77);
  const begun = performance.now();
  let reorgs = 0;
  for (let second = 1; second <= seconds; second++) {
    await chain.next();
    if (second % REORG_S === 0) {
      await until(isTold);
      await chain.replace(1 + Math.floor(random() * DEEPEST));
      reorgs++;
    }
    await rest(Math.max(0, begun + second * 1_000 - performance.now()));
  }
  return reorgs;
}

/** A follower with an API over a chain, ready to be asked. */
async function product(chain: BenchChain, databaseUrl: string, folder: string) {
  const recordPath = join(folder, "deployment.json");
  writeFileSync(recordPath, JSON.stringify(chain.record));
  const port = await freePort(31_800);
  const run = start({
    APP_ENV: "development",
    DATABASE_URL: databaseUrl,
    RPC_URL: chain.rpcUrl,
    RPC_WS_URL: chain.wsUrl,
    CHAIN_ID: String(chain.record.chainId),
    DEPLOYMENT_FILE: recordPath,
    ROLES: "sync,api",
    PORT: String(port),
    VISITOR_QUERIES: "0",
  });
  const apiUrl = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await fetch(`${apiUrl}/readyz`).catch(() => undefined))?.ok; tries++) {
    if (tries > 600 || run.process.exitCode !== null) throw new Error(`not ready: ${run.output().slice(-500)}`);
    await rest(100);
  }
  return { apiUrl, pid: run.process.pid ?? 0, stop: () => run.kill("SIGTERM") };
}

/** Looks again and again while the chain goes on, and until it is caught up. */
async function watched(chain: BenchChain, minutes: number, one: () => Promise<Sample>) {
  const samples: Sample[] = [];
  let isOver = false;
  const isTold = async () => (await one()).lagBlocks === 0;
  const acting = act(chain, minutes * 60, isTold).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const last = await one();
    samples.push(last);
    if (samples.length % 12 === 0) console.log(`soak: ${JSON.stringify(last)}`);
    await Promise.race([rest(SAMPLE_MS), acting]);
  }
  const reorgs = await acting;
  return { samples, reorgs, isCaughtUp: await until(isTold) };
}

const figures: Figure[] = ["memoryMiB", "connections", "journalRows", "journalMiB", "lagBlocks", "answerMs"];

async function soak(server: string, minutes: number, rate: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "tburn-soak-"));
  const say = (line: string) => console.log(`soak: ${line}`);
  const chain = await buildChain(rate * 60, say, { perBlock: rate, forgetful: false });
  const head = async () => Number(await rpc<string>(chain.rpcUrl, "eth_blockNumber"));
  const { url, ownerUrl } = await freshDatabase(server, "soak", "main");
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const { stop, ...asked } = await product(chain, url, folder);
  try {
    const [eventsBefore, begun] = [chain.events, performance.now()];
    const { samples, reorgs, isCaughtUp } = await watched(chain, minutes, () => look({ pool, begun, ...asked }, head));
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const found = await pool.query<{ n: string }>("select count(*) as n from ops.reorgs");
    const eventsPerSecond = Math.round((chain.events - eventsBefore) / seconds);
    const reorgsUndone = Number(found.rows[0]?.n);
    const drifts = Object.fromEntries(figures.map((name) => [name, drift(samples, name)]));
    const summary = { seconds, eventsPerSecond, reorgs, reorgsUndone, isCaughtUp, figures: drifts, machine: machine() };
    const caption = `${minutes} minutes, ${eventsPerSecond} events/s, ${reorgs} reorganisations of 1 to ${DEEPEST} blocks`;
    writeFileSync(join(results, "soak.svg"), chartOf(samples, caption));
    writeFileSync(join(results, "soak.json"), `${JSON.stringify({ ...summary, samples }, null, 1)}\n`);
    console.log(JSON.stringify(summary, null, 2));
    return isCaughtUp && reorgsUndone >= reorgs;
  } finally {
    await stop();
    await pool.end();
    await chain.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.help) console.log(help);
else {
  const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
  if (!(minutes > 0) || !(rate > 0)) {
    console.error(help);
    process.exit(1);
  }
  process.exitCode = (await onServer((server) => soak(server, minutes, rate))) ? 0 : 1;
}
