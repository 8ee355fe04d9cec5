// npm run bench -- indexer: our backfill against every peer.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildChain, EVENTS_PER_BLOCK } from "../chain/build.ts";
import { machine } from "../figures.ts";
import { onServer } from "../stage.ts";
import { databaseOf, versionOf } from "./connect.ts";
import type { Contestant, Ground } from "./contestants/contestant.ts";
import { envio } from "./contestants/envio.ts";
import { floor } from "./contestants/floor.ts";
import { ours, oursByBloom, oursReplayed } from "./contestants/ours.ts";
import { ponder } from "./contestants/ponder.ts";
import { subsquid } from "./contestants/subsquid.ts";
import { type Figures, race } from "./race.ts";
import { firstDifference } from "./tables.ts";

const contestants = [ours, oursByBloom, oursReplayed, floor, ponder, subsquid, envio];

const help = `npm run bench -- indexer [options]

Builds a chain full of events and has each contestant tell it from an empty database, one after the other: our follower, a
program that does the least that one can do (floor), and other indexers. All must end with the same rows. Prints a table and
keeps bench/results/indexer-<events>.json.

  --events <n>     how many (default 300000)
  --only <names>   of ${contestants.map(({ name }) => name).join(", ")}
  --profile        keeps a CPU profile of our process in .local/bench/run-<events>`;

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "300000" },
    only: { type: "string" },
    profile: { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const started: number[] = [];
// Node and database are in groups of their own: whoever stops the bench would leave them.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    for (const pid of started) process.kill(pid, "SIGINT");
    process.exit(130);
  });
}

const say = (line: string) => console.error(`  ${line}`);
const wanted = values.only?.split(",");
const chosen = contestants.filter(({ name }) => !wanted || wanted.includes(name));
const root = join(import.meta.dirname, "../../.local/bench");

/** How our follower stands to the fastest peer and to the floor; nothing where one did not run. */
function ratios(figures: Figures[]): Record<string, number> {
  const speed = (name: string) => figures.find((one) => one.name === name)?.eventsPerSecond;
  const [mine, least] = [speed("ours"), speed("floor")];
  const peers = figures.filter(({ name }) => !/^(ours|floor)/.test(name)).map((one) => one.eventsPerSecond);
  const to = (other: number | undefined) => (mine && other ? Number((mine / other).toFixed(2)) : undefined);
  const fastest = peers.length > 0 ? Math.max(...peers) : undefined;
  const all = { oursToFastestPeer: to(fastest), oursToFloor: to(least) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<string, number>;
}

/** Holds each contestant's rows against the first one's. @throws naming the first row that differs */
async function compare(runs: { contestant: Contestant; ground: Ground; figures: Figures }[]): Promise<void> {
  const [first, ...others] = runs;
  for (const other of first ? others : []) {
    for (const [table, { digest }] of Object.entries(other.figures.tables)) {
      if (digest === first?.figures.tables[table]?.digest) continue;
      const sides = [first, other].map(async (side) => {
        return { sql: await databaseOf(side?.ground as Ground), contestant: side?.contestant as Contestant };
      });
      const [one, two] = await Promise.all(sides);
      if (one && two) throw new Error(`${table} differs:\n${await firstDifference(table, one, two)}`);
    }
  }
}

const events = Number(values.events);
const folder = join(root, `run-${events}`);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
say("building the chain");
const chain = await buildChain(events, say);
started.push(chain.pid);
try {
  await onServer(async (serverUrl, postgresPid) => {
    started.push(postgresPid);
    const runs: { contestant: Contestant; ground: Ground; figures: Figures }[] = [];
    for (const contestant of chosen) {
      const name = contestant.name.replaceAll(/[^a-z0-9]/g, "_");
      const ground = {
        chain,
        serverUrl,
        databaseName: `race_${name}`,
        folder: join(folder, name),
        isProfiled: values.profile,
      };
      say(contestant.name);
      const figures = await race(contestant, ground, { postgres: postgresPid, node: chain.pid }, chain.events);
      const { eventsPerSecond, cpuSeconds, postgresCpuSeconds, nodeCpuSeconds, peakMiB, databaseMiB, rows } = figures;
      say(
        JSON.stringify({ eventsPerSecond, cpuSeconds, postgresCpuSeconds, nodeCpuSeconds, peakMiB, databaseMiB, rows }),
      );
      runs.push({ contestant, ground, figures });
    }
    await compare(runs);
    const result = {
      ...{ events: chain.events, blocks: chain.head, eventsPerBlock: EVENTS_PER_BLOCK },
      ...ratios(runs.map(({ figures }) => figures)),
      contestants: runs.map(({ figures: { tables: _, ...figures } }) => figures),
      machine: {
        ...machine(),
        postgres: await versionOf(serverUrl),
        load: loadavg().map((one) => Number(one.toFixed(1))),
      },
    };
    console.table(Object.fromEntries(result.contestants.map(({ name, says: _, ...figures }) => [name, figures])));
    const results = join(import.meta.dirname, "../results");
    writeFileSync(join(results, `indexer-${events}.json`), `${JSON.stringify(result, null, 2)}\n`);
  });
} finally {
  await chain.stop();
}
process.exit(0);
