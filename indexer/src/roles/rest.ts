import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import { addRoutes } from "../app.ts";
import type { Env } from "../env.ts";
import { systemClock } from "../platform/clock.ts";
import { createRest } from "../platform/http/rest.ts";
import type { Log } from "../platform/telemetry/log.ts";
import type { AskNode } from "../platform/wallet/signature.ts";

/**
 * REST for members, where they can sign in: that needs a seed for its keys.
 * @param pool Where services write; never a replica.
 */
export async function startRest(env: Env, pool: Pool, ask: AskNode, log: Log): Promise<FastifyInstance | undefined> {
  const { tokenSeed, chainId, host, port, publicOrigins } = env;
  if (tokenSeed === undefined) return undefined;
  const rest = await createRest({ log, proxyHops: env.proxyHops });
  const origins = publicOrigins.length > 0 ? publicOrigins : [`http://${host}:${port}`];
  addRoutes(rest, { pool, clock: systemClock, chainId, origins, tokenSeed, ask });
  await rest.ready();
  return rest;
}
