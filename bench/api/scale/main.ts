// npm run bench -- scale: lists, and questions about the past, over many events.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Figures, machine, measure } from "../../figures.ts";
import { cpuMsOf } from "../../machine/cpu.ts";
import { treeOf } from "../../machine/tree.ts";
import { ask, askPlainly } from "../ask.ts";
import { onYard, reached, say } from "../ground.ts";
import { startApi, tell } from "../servers/ours.ts";
import { graphql } from "../servers/server.ts";
import { lists, past, type Stock } from "./lists.ts";

const CONNECTIONS = 32;
const WARM_SECONDS = 1;

const help = `npm run bench -- scale [options]

Builds a chain of so many events, tells it by our follower, and asks the ten lists that pages show most and five questions
about past blocks, ${CONNECTIONS} at once: every answer made anew, and then kept by block as in production. Prints a table and keeps
bench/results/scale-<events>.json.

  --events <n>    how many (default 300000)
  --seconds <n>   of each measurement (default 5)`;

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "300000" },
    seconds: { type: "string", default: "5" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const [events, seconds] = [Number(values.events), Number(values.seconds)];
const goals = { p99Ms: 100 };

type Line = Figures & { question: string; answers: string; apiCpuSeconds: number; postgresCpuSeconds: number };

async function stockOf(url: string, startBlock: number, head: number): Promise<Stock> {
  const asked = graphql("/graphql", "{ members(first: 1) { nodes { memberNo } } }", {});
  const { data } = (await ask(url, asked)) as { data: { members: { nodes: { memberNo: number }[] } } };
  // The first blocks have nobody in them.
  const firstBlock = startBlock + Math.floor((head - startBlock) / 20);
  return { firstMember: 1_000, lastMember: data.members.nodes[0]?.memberNo ?? 1_000, firstBlock, lastBlock: head };
}

const lines = await onYard("scale", events, async (yard) => {
  say("our follower tells the chain");
  const settings = await tell(
    yard.groundOf("ours"),
    reached(yard.chain, () => yard.connect("ours")),
  );
  const sql = await yard.connect("ours");
  await sql.query("vacuum analyze");
  await sql.end();
  const found: Line[] = [];
  for (const [answers, mib] of [
    ["made anew", "0"],
    ["kept", "64"],
  ] as const) {
    const api = await startApi("ours", { ...settings, ANSWERS_MIB: mib }, yard.groundOf("api").folder);
    const stock = await stockOf(api.url, yard.chain.record.startBlock, yard.chain.head);
    for (const [question, form] of Object.entries({ ...lists, ...past })) {
      await ask(api.url, form(0, stock));
      const one = async (n: number) => void (await askPlainly(api.url, form(n, stock)));
      await measure(Math.min(WARM_SECONDS, seconds), CONNECTIONS, one);
      const before = [treeOf(api.pid).cpuMs, cpuMsOf(yard.postgresPid)];
      const figures = await measure(seconds, CONNECTIONS, one);
      const [apiMs = 0, postgresMs = 0] = [treeOf(api.pid).cpuMs, cpuMsOf(yard.postgresPid)].map(
        (ms, i) => ms - (before[i] ?? 0),
      );
      const line = {
        ...{ question, answers, ...figures },
        ...{ apiCpuSeconds: apiMs / 1_000, postgresCpuSeconds: postgresMs / 1_000 },
      };
      say(JSON.stringify(line));
      found.push(line);
    }
    await api.stop();
  }
  return found;
});
const missed = lines.filter(({ p99Ms, failed }) => p99Ms > goals.p99Ms || failed > 0);
const result = { events, connections: CONNECTIONS, seconds, goals, lines, machine: machine() };
writeFileSync(join(import.meta.dirname, `../../results/scale-${events}.json`), `${JSON.stringify(result, null, 2)}\n`);
console.log("| question | answers | requests/s | p50 ms | p99 ms | failed |\n| --- | --- | --- | --- | --- | --- |");
for (const { question, answers, perSecond, p50Ms, p99Ms, failed } of lines) {
  console.log(`| ${[question, answers, perSecond, p50Ms, p99Ms, failed].join(" | ")} |`);
}
console.log(`${missed.length} of ${lines.length} miss the goal of ${goals.p99Ms} ms for p99`);
process.exit(0);
