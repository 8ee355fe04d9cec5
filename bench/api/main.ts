// npm run bench -- api: our API against the peers' over the same rows.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machine, measure } from "../figures.ts";
import { cpuMsOf, ownCpuMs } from "../machine/cpu.ts";
import { treeOf } from "../machine/tree.ts";
import { requireSame } from "./answers.ts";
import { ask, askPlainly } from "./ask.ts";
import { onYard, reached, say, type Yard } from "./ground.ts";
import { scansOf } from "./plans.ts";
import { type Settings, startOurs, tell, twinsOf } from "./servers/ours.ts";
import { startPonder } from "./servers/ponder.ts";
import { startPostgraphile } from "./servers/postgraphile.ts";
import { type ApiServer, type QuestionName, questionNames, questions, VALIDATORS } from "./servers/server.ts";
import { type Row, ratiosOf, tableOf } from "./table.ts";

const CONNECTIONS = 32;
const WARM_SECONDS = 2;
/** Of a chain that goes on: what is kept goes with every block. */
const BLOCK_MS = 1_000;

const help = `npm run bench -- api [options]

Builds a chain full of events, tells it by our follower and by Ponder, and asks three questions of our API, of Ponder's, and
of PostGraphile over a copy of our rows: ${CONNECTIONS} connections at once. All must answer the same before anything is timed.
Prints a table and keeps bench/results/api.json.

  --events <n>    how many (default 300000)
  --seconds <n>   of each measurement (default 10)
  --without <s>   leave peers out: ponder, postgraphile`;

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "300000" },
    seconds: { type: "string", default: "10" },
    without: { type: "string", default: "" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const [events, seconds, without] = [Number(values.events), Number(values.seconds), values.without.split(",")];

async function time(server: ApiServer, question: QuestionName, postgresPid: number): Promise<Row | undefined> {
  const form = server.asks[question];
  if (!form) return undefined;
  const one = async (n: number) => void (await askPlainly(server.url, form(n)));
  await measure(Math.min(WARM_SECONDS, seconds), CONNECTIONS, one);
  const spent = () => [treeOf(server.pid).cpuMs, cpuMsOf(postgresPid), ownCpuMs()] as const;
  const before = spent();
  const figures = await measure(seconds, CONNECTIONS, one);
  const [serverMs = 0, postgresMs = 0, loadMs = 0] = spent().map((ms, i) => ms - (before[i] ?? 0));
  const cpu = {
    serverCpuSeconds: serverMs / 1_000,
    postgresCpuSeconds: postgresMs / 1_000,
    loadCpuSeconds: loadMs / 1_000,
  };
  const row = { server: server.name, question, ...figures, ...cpu };
  say(JSON.stringify(row));
  return row;
}

/** Moves our checkpoint as a commit does, again and again, while `work` runs. */
async function moving<T>(yard: Yard, work: () => Promise<T>): Promise<T> {
  const sql = await yard.connect("ours");
  const move = async () => {
    await sql.query("update ops.checkpoint set final_block = final_block");
    await sql.query(`select pg_notify('tburn_block', '{"block":0,"isUndone":false}')`);
  };
  const timer = setInterval(() => void move().catch(() => undefined), BLOCK_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await sql.end();
  }
}

const ourServer = (yard: Yard, settings: Settings, name: string, says: string, more: Settings = {}) =>
  startOurs({ name, says }, { ...settings, ...more }, yard.groundOf(name).folder, ask, VALIDATORS);

/** Starts whoever takes part, and times one after the other. @param rows Gets what was measured. */
async function timeAll(yard: Yard, settings: Settings, rows: Row[]): Promise<{ server: string; says: string }[]> {
  const kept = await ourServer(yard, settings, "ours", "answers kept by block; the mirror stands still");
  const anew = await ourServer(yard, settings, "ours-anew", "every answer made anew", { ANSWERS_MIB: "0" });
  const servers = [kept, anew, twinsOf(kept), twinsOf(anew)];
  if (!without.includes("ponder")) {
    say("ponder tells the chain");
    servers.push(await startPonder(yard.groundOf("ponder"), () => yard.connect("ponder"), ask, VALIDATORS));
  }
  if (!without.includes("postgraphile")) {
    const url = new URL(yard.serverUrl);
    url.pathname = "/bench_ours";
    const sql = await yard.connect("ours");
    servers.push(await startPostgraphile(url.href, sql, yard.groundOf("postgraphile").folder, ask, VALIDATORS));
    await sql.end();
  }
  say(`${await requireSame(servers)} answers are the same`);
  const timed = async (server: ApiServer) => {
    for (const question of questionNames) {
      const row = await time(server, question, yard.postgresPid);
      if (row) rows.push(row);
    }
  };
  for (const server of servers) await timed(server);
  const follows = { ...kept, name: "ours-following", says: "answers kept by block, and a block every second" };
  await moving(yard, () => timed(follows));
  for (const server of servers) await server.stop();
  return [...servers, follows].map(({ name, says }) => ({ server: name, says }));
}

const result = await onYard("api", events, async (yard) => {
  say("our follower tells the chain");
  const settings = await tell(
    yard.groundOf("ours"),
    reached(yard.chain, () => yard.connect("ours")),
  );
  const sql = await yard.connect("ours");
  await sql.query("vacuum analyze");
  const probe = await ourServer(yard, settings, "probe", "");
  const forms = questionNames.flatMap((name) => probe.asks[name]?.(0) ?? []);
  await probe.stop();
  const scans = await scansOf(sql, { ...settings, ANSWERS_MIB: "0" }, forms);
  await sql.end();
  const rows: Row[] = [];
  const servers = await timeAll(yard, settings, rows);
  return {
    ...{ events: yard.chain.events, blocks: yard.chain.head, connections: CONNECTIONS, seconds, questions, servers },
    ...{ rows, ratios: ratiosOf(rows), scans, machine: machine() },
  };
});
writeFileSync(join(import.meta.dirname, "../results/api.json"), `${JSON.stringify(result, null, 2)}\n`);
console.log(tableOf(result.rows));
console.log(JSON.stringify({ ratios: result.ratios, scans: result.scans }, null, 2));
process.exit(0);
