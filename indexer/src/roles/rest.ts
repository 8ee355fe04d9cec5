import { addRoutes } from "../app.ts";
import type { Env } from "../env.ts";
import { Rpc } from "../platform/chain/rpc.ts";
import { systemClock } from "../platform/clock.ts";
import { openPool } from "../platform/db/pool.ts";
import { createRest } from "../platform/http/rest.ts";
import type { Log } from "../platform/telemetry/log.ts";

const QUERY_MS = 10_000;
/** How long a sign-in waits for a node. */
const NODE_MS = 3_000;

/** REST for members: it writes, so it never reads a replica. */
export async function startRest(env: Env, tokenSeed: Buffer, log: Log) {
  const pool = openPool(env.databaseUrl, { max: 10, timeoutMs: QUERY_MS, name: "tburn-rest" });
  const rpc = new Rpc(env.rpcUrls, env.chainId);
  const rest = await createRest({ log, proxyHops: env.proxyHops });
  const origins = env.publicOrigins.length > 0 ? env.publicOrigins : [`http://${env.host}:${env.port}`];
  const ask = async (method: string, params: unknown[]) =>
    (await inTime(rpc.ask([[method, params]], ([result]) => result))).value;
  addRoutes(rest, { pool, clock: systemClock, chainId: env.chainId, origins, tokenSeed, ask });
  await rest.ready();
  return {
    rest,
    stop: async () => {
      await rest.close();
      await pool.end();
    },
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no node answered in time")), NODE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
