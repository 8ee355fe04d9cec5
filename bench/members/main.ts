// npm run bench -- members: what the member platform does at a million members.
import { parseArgs } from "node:util";
import { openPool } from "../../indexer/src/platform/db/pool.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { freshDatabase } from "../database.ts";
import { cpuMsOf, ownCpuMs, spending } from "../machine/cpu.ts";
import { onStage } from "../stage.ts";
import { fullScans } from "./plans.ts";
import { openSessions, populate } from "./population.ts";
import { startServer } from "./server.ts";
import { auditAppends, CONNECTIONS, memberSearches, profileReads, signIns, tokensOf } from "./work.ts";

const help = `npm run bench -- members [options]

Fills an embedded PostgreSQL with synthetic members and measures sign-in, profile reads, search and the audit trail, 32 at
once, over HTTP where there is a route. Prints JSON and keeps it in bench/results/members.json.

  --members <n>   how many (default 1000000)
  --seconds <n>   of each measurement (default 10)`;

/** Sessions whose members ask; each stays below its own limit. */
const ASKERS = 2_000;
/** Each kind of question is asked so long before it is measured, as a server that stands has been. */
const WARM_SECONDS = 3;

async function measureAll(serverUrl: string, postgresPid: number, members: number, seconds: number) {
  const say = (line: string) => console.error(`  ${line}`);
  const main = await freshDatabase(serverUrl, "bench", "main");
  const keyvault = await freshDatabase(serverUrl, "bench_keys", "keyvault");
  const pool = openPool(main.ownerUrl, { max: CONNECTIONS });
  const filledIn = await populate(pool, members, say);
  const server = await startServer(main.url, keyvault.url, await freePort(34_000));
  const watched = { api: () => cpuMsOf(server.pid), postgres: () => cpuMsOf(postgresPid), load: ownCpuMs };
  try {
    const tokens = await tokensOf(await openSessions(pool, Math.min(ASKERS, members)), server);
    say("warming up");
    await profileReads(server, tokens, members, WARM_SECONDS);
    await memberSearches(server, tokens, members, WARM_SECONDS);
    say("signing in");
    const signIn = await spending(watched, () => signIns(pool, server, seconds));
    say("reading profiles");
    const profileRead = await spending(watched, () => profileReads(server, tokens, members, seconds));
    say("searching");
    const memberSearch = await spending(watched, () => memberSearches(server, tokens, members, seconds));
    say("appending to the audit trail");
    const auditAppend = await spending(watched, () => auditAppends(pool, seconds));
    return {
      filledInSeconds: Math.round(filledIn),
      signIn,
      profileRead,
      memberSearch,
      auditAppend,
      fullScans: await fullScans(pool),
    };
  } finally {
    await server.stop();
    await pool.end();
  }
}

const { values } = parseArgs({
  options: {
    members: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "10" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const [members, seconds] = [Number(values.members), Number(values.seconds)];
const goals = { profileReadPerSecond: 3_000, searchP99Ms: 50, auditAppendPerSecond: 1_500 };
await onStage("members", async (serverUrl, postgresPid) => ({
  ...{ members, connections: CONNECTIONS, seconds, goals },
  ...(await measureAll(serverUrl, postgresPid, members, seconds)),
}));
process.exit(0);
