// npm run drill -- --kills 200 --reorgs 200 [--seed S]
// A real node with live traffic, a real process of the indexer, random kill -9 and random reorganisations; after each
// fault the database must say what a fresh replay says.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { postgresDir, startPostgres } from "../../../scripts/local/postgres.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { startTestChain } from "../../test/harness/chain.ts";
import { freshDatabase } from "../../test/harness/database.ts";
import { settings } from "../../test/harness/process.ts";
import { sequence } from "../../test/harness/traffic.ts";
import { Drill, type Fault } from "./drill.ts";
import { latencies } from "./latency.ts";

const help = `npm run drill -- [--kills N] [--reorgs N] [--seed S]

  --kills N    how often the indexer is killed with -9 (default 200)
  --reorgs N   how often the chain is reorganised, 1 to 12 blocks deep, also while the indexer is down (default 200)
  --seed S     repeats the faults of an earlier run (default: of the clock; it is printed)

Prints progress and a JSON summary. Exit codes: 0 no difference, 1 a difference or a refusal.`;

function whole(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`"${text}" is not a whole number`);
  return value;
}

function faultsOf(kills: number, reorgs: number, random: () => number): Fault[] {
  const faults: Fault[] = [...Array(kills).fill("kill"), ...Array(reorgs).fill("reorg")];
  for (let i = faults.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [faults[i], faults[j]] = [faults[j] as Fault, faults[i] as Fault];
  }
  return faults;
}

async function run(kills: number, reorgs: number, seed: number): Promise<boolean> {
  console.log(`drill: ${kills} kills, ${reorgs} reorganisations, seed ${seed}`);
  const random = sequence(seed);
  const dir = mkdtempSync(join(tmpdir(), "tburn-drill-"));
  const postgres = await startPostgres({ dir, port: await freePort(34_500), fast: true });
  const chain = await startTestChain();
  const [mine, second] = [await freshDatabase(postgres.url, "drill"), await freshDatabase(postgres.url, "drill_fresh")];
  const environment = settings(chain, mine.url, chain.writeRecord(join(dir, "deployment.json")));
  const drill = new Drill({ chain, mine, second, environment, random });
  try {
    const summary = await drill.run(faultsOf(kills, reorgs, random));
    const latency = await latencies(chain, mine.url, environment);
    console.log(JSON.stringify({ seed, ...summary, latency }, null, 2));
    return summary.differences.length === 0 && summary.outboxDifferences === 0;
  } finally {
    await drill.stop();
    await mine.drop();
    await second.drop();
    await chain.stop();
    await postgres.stop();
    for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    reorgs: { type: "string" },
    seed: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(help);
} else {
  try {
    const seed = whole(values.seed, Date.now() % 2 ** 31);
    process.exitCode = (await run(whole(values.kills, 200), whole(values.reorgs, 200), seed)) ? 0 : 1;
  } catch (error) {
    console.error(`drill: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
