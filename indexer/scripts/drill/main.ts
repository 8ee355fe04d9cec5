// npm run drill -- --kills 200 --postgres 50 --reorgs 200 [--seed S]
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
import { type Chapter, Drill, type DrillOptions, type Fault, figures } from "./drill.ts";
import { latencies } from "./latency.ts";
import { redeployments } from "./redeploy.ts";

const help = `npm run drill -- [--kills N] [--reorgs N] [--seed S]

  --kills N    how often the indexer is killed with -9 (default 200)
  --postgres N how often PostgreSQL and all its processes are killed with -9 (default 50)
  --compare N  holds the rows against a fresh replay after each N faults (default 1)
  --reorgs N   how often the chain is reorganised, 1 to 12 blocks deep, also while the indexer is down (default 200)
  --redeploy N instead: two releases take turns behind a balancer until N requests were answered; each switch must lose none
  --seed S     repeats the faults of an earlier run (default: of the clock; it is printed)

Prints progress and a JSON summary. Exit codes: 0 no difference, 1 a difference or a refusal.`;

function whole(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`"${text}" is not a whole number`);
  return value;
}

function faultsOf({ kills, postgres, reorgs }: Plan, random: () => number): Fault[] {
  const faults: Fault[] = [
    ...Array(kills).fill("kill"),
    ...Array(postgres).fill("postgres"),
    ...Array(reorgs).fill("reorg"),
  ];
  for (let i = faults.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [faults[i], faults[j]] = [faults[j] as Fault, faults[i] as Fault];
  }
  return faults;
}

interface Plan {
  kills: number;
  postgres: number;
  reorgs: number;
  compareEvery: number;
}

/** Faults on one node: after some 2,400 blocks and many rollbacks anvil forgets its own state. */
const CHAPTER = 100;

const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);

function summaryOf(chapters: Chapter[]) {
  const depths = chapters.flatMap((chapter) => chapter.depths);
  const of = (pick: (chapter: Chapter) => number) => total(chapters.map(pick));
  return {
    kills: of(({ kills }) => kills),
    postgresKills: of(({ postgresKills }) => postgresKills),
    restarts: of(({ restarts }) => restarts),
    reorgs: of(({ reorgs }) => reorgs),
    reorgsWhileDown: of(({ reorgsWhileDown }) => reorgsWhileDown),
    reorgDepths: Object.fromEntries(
      [...new Set(depths)].sort((x, y) => x - y).map((depth) => [depth, depths.filter((one) => one === depth).length]),
    ),
    reorgsUndone: of(({ reorgsUndone }) => reorgsUndone),
    rowsUndone: of(({ rowsUndone }) => rowsUndone),
    recovery: figures(chapters.flatMap(({ recoveries }) => recoveries)),
    freshReplay: figures(chapters.flatMap(({ comparisons }) => comparisons)),
    differences: chapters.flatMap(({ differences }) => differences),
    outboxDifferences: of(({ outboxDifferences }) => outboxDifferences),
  };
}

async function run(plan: Plan, seed: number): Promise<boolean> {
  const { kills, postgres: postgresKills, reorgs } = plan;
  console.log(`drill: ${kills} kills, ${postgresKills} of PostgreSQL, ${reorgs} reorganisations, seed ${seed}`);
  const startedAt = performance.now();
  const random = sequence(seed);
  const dir = mkdtempSync(join(tmpdir(), "tburn-drill-"));
  const port = await freePort(34_500);
  let postgres = await startPostgres({ dir, port, fast: true });
  const crashPostgres = async () => {
    await postgres.kill();
    postgres = await startPostgres({ dir, port, fast: true });
  };
  const faults = faultsOf(plan, random);
  const chapters: Chapter[] = [];
  let latency: unknown;
  try {
    for (let first = 0; first < faults.length; first += CHAPTER) {
      const isLast = first + CHAPTER >= faults.length;
      const mine = faults.slice(first, first + CHAPTER);
      const how = { dir, random, crashPostgres, compareEvery: plan.compareEvery };
      await chapter(postgres.url, how, async (drill, measure) => {
        const say = (over: number, block: number, differences: number) =>
          console.log(
            `drill: ${first + over} of ${faults.length} faults, block ${block}, ${differences} differences, ${Math.round((performance.now() - startedAt) / 1_000)} s`,
          );
        chapters.push(await drill.run(mine, say));
        if (isLast) latency = await measure();
      });
    }
  } finally {
    await postgres.stop();
    for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    console.log(JSON.stringify({ seed, ...summaryOf(chapters), seconds, latency }, null, 2));
  }
  const { differences, outboxDifferences } = summaryOf(chapters);
  return differences.length === 0 && outboxDifferences === 0;
}

/** A node, two databases and a drill on them for as long as `work` takes. */
async function chapter(
  server: string,
  { dir, ...how }: { dir: string } & Pick<DrillOptions, "random" | "crashPostgres" | "compareEvery">,
  work: (drill: Drill, measure: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const chain = await startTestChain();
  const [mine, second] = [await freshDatabase(server, "drill"), await freshDatabase(server, "drill_fresh")];
  const record = chain.writeRecord(join(dir, "deployment.json"));
  // Each announcement is counted, also of what was final before.
  const environment = { ...settings(chain, mine.url, record), ANNOUNCE_HISTORY: "true" };
  const drill = new Drill({ chain, mine, second, environment, ...how });
  try {
    await work(drill, () => latencies(chain, mine.url, environment));
  } finally {
    await drill.stop();
    await mine.drop();
    await second.drop();
    await chain.stop();
  }
}

/** Redeploys and goes back under traffic. @returns whether nothing was lost */
async function redeploy(requests: number, seed: number): Promise<boolean> {
  console.log(`drill: redeploys until ${requests} requests are answered, seed ${seed}`);
  const dir = mkdtempSync(join(tmpdir(), "tburn-drill-"));
  const postgres = await startPostgres({ dir, port: await freePort(34_500), fast: true });
  const chain = await startTestChain();
  const database = await freshDatabase(postgres.url, "redeploy");
  try {
    const environment = settings(chain, database.url, chain.writeRecord(join(dir, "deployment.json")));
    const say = (what: string) => console.log(`drill: ${what}`);
    const options = { chain, database, server: postgres.url, environment, random: sequence(seed), requests, say };
    const seen = await redeployments(options);
    console.log(JSON.stringify({ seed, ...seen }, null, 2));
    return seen.faults === 0 && seen.differences.length === 0;
  } finally {
    await database.drop();
    await chain.stop();
    await postgres.stop();
    for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    postgres: { type: "string" },
    compare: { type: "string" },
    reorgs: { type: "string" },
    redeploy: { type: "string" },
    seed: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(help);
} else {
  try {
    const seed = whole(values.seed, Date.now() % 2 ** 31);
    const isGood = values.redeploy
      ? await redeploy(whole(values.redeploy, 10_000), seed)
      : await run(
          {
            kills: whole(values.kills, 200),
            postgres: whole(values.postgres, 50),
            reorgs: whole(values.reorgs, 200),
            compareEvery: Math.max(1, whole(values.compare, 1)),
          },
          seed,
        );
    process.exitCode = isGood ? 0 : 1;
  } catch (error) {
    console.error(`drill: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
