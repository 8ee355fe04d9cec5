// npm run simulate -- [--schedules N] [--seed S] [--keep a,b,…] [--mutants]
// The real engine and a real PostgreSQL between a chain in memory and whatever can go wrong, decided by seeds.
import { parseArgs } from "node:util";
import { allowMutants, mutants } from "./mutants.ts";
import type { SimulatedProcess } from "./process.ts";
import { type Counts, perform } from "./run.ts";
import { scheduleOf } from "./schedule.ts";
import { keeping, shrink } from "./shrink.ts";
import { Stage } from "./stage.ts";
import { recording } from "./world/recording.ts";

const help = `npm run simulate -- [--schedules N] [--seed S] [--keep A,B,…] [--mutants [--only A,B,…] [--patience N]]

Schedules of blocks, nested reorganisations, crashes, lost connections and lying nodes around the real indexing engine;
each must end with exactly what a naive replay of the last chain says, and serve nothing else on the way.

  --schedules N   how many (default 200)
  --seed S        seed of the first; the next one has the next (default: of the clock; it is printed)
  --keep A,B,…    only these acts of a schedule, as a failure prints them
  --mutants       then plants ${Object.keys(mutants).length} bugs, one at a time, each of which some schedule must find
  --only A,B,…    only these bugs, of ${Object.keys(mutants).join(", ")}
  --patience N    schedules that may pass before a bug must have been found (default 60)

A schedule that fails is shrunk, and the command that repeats it is printed. Ends with a JSON summary and the line
"N passed, N failed". Exit codes: 0 nothing failed, 1 something did.`;

const { values } = parseArgs({
  options: {
    schedules: { type: "string", default: "200" },
    seed: { type: "string" },
    keep: { type: "string" },
    mutants: { type: "boolean", default: false },
    only: { type: "string" },
    patience: { type: "string", default: "60" },
    help: { type: "boolean", short: "h", default: false },
  },
});

function whole(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    console.error(`"${text}" is not a whole number from ${least}`);
    process.exit(1);
  }
  return value;
}

const SHRINKING = 80;
const say = (line: string) => console.log(`simulate: ${line}`);
const seconds = (since: number) => Math.round((performance.now() - since) / 100) / 10;

interface Failure {
  seed: number;
  problem: string;
  command: string;
}

async function explain(seed: number, problem: string, stage: Stage, kept?: number[]): Promise<Failure> {
  say(`seed ${seed} FAILED: ${problem}`);
  const schedule = scheduleOf(seed);
  const left = kept ?? (await shrink(schedule, stage, SHRINKING));
  for (const i of left) say(`  ${i} ${JSON.stringify(schedule.acts[i])}`);
  const command = `npm run simulate -- --seed ${seed} --schedules 1 --keep ${left.join()}`;
  say(`repeat with: ${command}`);
  return { seed, problem: problem.slice(0, 500), command };
}

async function schedules(stage: Stage, first: number, count: number) {
  const startedAt = performance.now();
  const total: Counts = {};
  const failures: Failure[] = [];
  const kept = values.keep?.split(",").map((text) => whole(text, 0));
  for (let seed = first; seed < first + count; seed++) {
    const schedule = scheduleOf(seed);
    const { problem, counts } = await perform(kept ? keeping(schedule, kept) : schedule, stage);
    for (const [name, by] of Object.entries(counts)) total[name] = (total[name] ?? 0) + by;
    if (problem !== undefined) failures.push(await explain(seed, problem, stage, kept));
    const over = seed - first + 1;
    if (over % 25 === 0 || over === count) {
      const reorgs = total.reorganised ?? 0;
      say(
        `${over} of ${count} schedules, ${reorgs} reorganisations, ${failures.length} failed, ${seconds(startedAt)} s`,
      );
    }
  }
  const took = seconds(startedAt);
  return {
    seed: first,
    schedules: count,
    seconds: took,
    perSecond: Math.round((count / Math.max(took, 0.1)) * 100) / 100,
    total,
    failures,
  };
}

/** @returns the seed whose schedule finds each planted bug; null where none did. */
async function findMutants(stage: Stage): Promise<Record<string, number | null>> {
  allowMutants();
  const found: Record<string, number | null> = {};
  const patience = whole(values.patience, 1);
  const only = values.only?.split(",");
  const wanted = Object.entries(mutants).filter(([name]) => !only || only.includes(name));
  for (const [name, { what, seed: first }] of wanted) {
    const made = (await import(`./process.ts?mutant=${name}`)) as { SimulatedProcess: typeof SimulatedProcess };
    stage.Process = made.SimulatedProcess;
    found[name] = null;
    for (let seed = first; seed < first + patience && found[name] === null; seed++) {
      const { problem } = await perform(scheduleOf(seed), stage);
      if (problem === undefined) continue;
      found[name] = seed;
      say(`${name}: ${what}: found by seed ${seed}: ${problem.split("\n")[0]?.slice(0, 160)}`);
    }
    if (found[name] === null) say(`${name}: ${what}: NOT FOUND by ${patience} schedules`);
  }
  return found;
}

async function main(): Promise<boolean> {
  const count = whole(values.schedules, 0);
  const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : whole(values.seed, 0);
  const taken = await recording(say);
  const stage = await Stage.build(taken);
  try {
    say(`${count} schedules from seed ${seed} over recording ${taken.digest}`);
    const done = await schedules(stage, seed, count);
    const found = values.mutants ? await findMutants(stage) : {};
    const missed = Object.values(found).filter((one) => one === null).length;
    const faults: Counts = {};
    for (const [name, by] of stage.nodes.flatMap(({ done: one }) => [...one])) faults[name] = (faults[name] ?? 0) + by;
    console.log(JSON.stringify({ ...done, faults, mutants: found, recording: taken.digest }));
    const failed = done.failures.length + missed;
    console.log(`${count + Object.keys(found).length - failed} passed, ${failed} failed`);
    return failed === 0;
  } finally {
    await stage.close();
  }
}

if (values.help) console.log(help);
else process.exit((await main()) ? 0 : 1);
