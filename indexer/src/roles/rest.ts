import type { FastifyInstance } from "fastify";
import { addRoutes } from "../app.ts";
import type { Env } from "../env.ts";
import type { RouteKit } from "../platform/domain.ts";
import { createRest } from "../platform/http/rest.ts";

/** REST for members, and whoever looks after them. */
export async function startRest(env: Env, kit: RouteKit): Promise<FastifyInstance> {
  const rest = await createRest({ log: kit.log, proxyHops: env.proxyHops });
  addRoutes(rest, kit);
  await rest.ready();
  return rest;
}
