// npm run bench -- live: from a block at the node to its row, to whoever listens, and to a page.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "../../figures.ts";
import { onYard, say, type Yard } from "../ground.ts";
import { follow, type Live, type Waits } from "./live.ts";
import { Miner } from "./miner.ts";
import { startOurs } from "./ours.ts";
import { startPonder } from "./ponder.ts";

const help = `npm run bench -- live [options]

Follows a chain, block by block, each with one delegation: how long until the row is committed, until a listener to the API
has heard of it, and until our dApp in a headless Chromium shows it. Over WebSocket and by polling, ours and Ponder, whose
listener is a live query (/sql/live). Prints a table and keeps bench/results/live.json.

  --blocks <n>   of each (default 200)
  --events <n>   that the chain has before (default 6000)
  --only <s>     of ours, ours-polling, ponder, ponder-polling
  --no-page      opens no browser`;

const { values } = parseArgs({
  options: {
    blocks: { type: "string", default: "200" },
    events: { type: "string", default: "6000" },
    only: { type: "string" },
    "no-page": { type: "boolean", default: false },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const blocks = Number(values.blocks);
const hasPage = !values["no-page"];
const starts: Record<string, (yard: Yard) => Promise<Live>> = {
  ours: (yard) => startOurs(yard, false, hasPage),
  "ours-polling": (yard) => startOurs(yard, true, hasPage),
  ponder: (yard) => startPonder(yard, false),
  "ponder-polling": (yard) => startPonder(yard, true),
};
const goals = { blockToRowP50Ms: 15, blockToRowP95Ms: 50 };

function tableOf(all: Waits[]): string {
  const head = ["follower", "wait", "blocks", "p50 ms", "p95 ms", "p99 ms"];
  const lines = all.flatMap(({ name, blockToRow, askedToRow, blockToListener, blockToPage }) =>
    Object.entries({ blockToRow, askedToRow, blockToListener, ...(blockToPage && { blockToPage }) }).map(
      ([wait, { count, p50Ms, p95Ms, p99Ms }]) => [name, wait, count, p50Ms, p95Ms, p99Ms],
    ),
  );
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const all = await onYard("live", Number(values.events), async (yard) => {
  const wanted = values.only?.split(",") ?? Object.keys(starts);
  const found: Waits[] = [];
  for (const [name, start] of Object.entries(starts)) {
    if (!wanted.includes(name)) continue;
    say(`${name} tells the chain`);
    const live = await start(yard);
    const miner = await Miner.open(yard.chain);
    say(`${name} follows ${blocks} blocks`);
    const waits = await follow(live, miner, blocks);
    say(JSON.stringify(waits));
    found.push(waits);
    miner.close();
    await live.stop();
  }
  return found;
});
const result = { blocks, events: Number(values.events), goals, followers: all, machine: machine() };
writeFileSync(join(import.meta.dirname, "../../results/live.json"), `${JSON.stringify(result, null, 2)}\n`);
console.log(tableOf(all));
process.exit(0);
