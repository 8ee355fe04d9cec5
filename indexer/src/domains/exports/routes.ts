import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Actor } from "../../platform/access/actor.ts";
import { takeFrom } from "../../platform/db/load/rate-limit.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { checked } from "../../platform/http/rest.ts";
import { digestOf, type Finished } from "./repository.ts";
import { formats, mediaTypes, names, RATE } from "./rules.ts";
import { type Begun, Exports } from "./service.ts";

const exportPath = z.object({ name: z.enum(names) });
export const exportQuery = z.strictObject({ format: z.enum(formats).default("csv") });
export const digestQuery = exportQuery.extend({
  block: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** RFC 9530. */
const digestField = ({ sha256 }: Finished) => `sha-256=:${sha256.toString("base64")}:`;

async function requireModest({ pool, clock, tokenSeed }: RouteKit, actor: Actor, { ip }: FastifyRequest) {
  // An address is nobody's to keep.
  const secret = createHmac("sha256", tokenSeed).update("rate limits of exports").digest();
  const who = actor.memberId ?? createHmac("sha256", secret).update(ip).digest("base64url");
  const wait = await takeFrom(pool, clock, `export|${who}`, RATE);
  if (wait === 0) return;
  const headers = { "retry-after": String(wait) };
  throw new Problem(429, "RATE_LIMITED", `too many exports; try again in ${wait} s`, { headers });
}

function answer(reply: FastifyReply, name: string, format: "csv" | "jsonl", { block, body, finished }: Begun) {
  reply.header("x-tburn-block-number", String(block.number)).header("x-tburn-block-hash", block.hash);
  reply.header("content-disposition", `attachment; filename="tburn-${name}-${block.number}.${format}"`);
  // What comes behind the body is only there if all of it is.
  reply.trailer("repr-digest", async () => digestField(finished() as Finished));
  reply.trailer("x-tburn-rows", async () => String(finished()?.rows));
  return reply.type(mediaTypes[format]).send(body);
}

/** Tables of the chain as files, and what finished ones were. */
export function exportRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const exports = new Exports(kit);

  // Without a HEAD of its own: it would read a whole table to tell nothing.
  rest.get("/api/v1/exports/:name", { exposeHeadRoute: false }, async (request, reply) => {
    const actor = await kit.door.anybody(request);
    const { name } = checked(exportPath, request.params);
    const { format } = checked(exportQuery, request.query);
    await requireModest(kit, actor, request);
    return answer(reply, name, format, await exports.begin(name, format));
  });

  rest.get("/api/v1/exports/:name/digest", async (request) => {
    await kit.door.anybody(request);
    const { name } = checked(exportPath, request.params);
    const { format, block } = checked(digestQuery, request.query);
    const found = await digestOf(kit.pool, name, format, block);
    if (!found) throw new Problem(404, "EXPORT_NOT_FOUND", "no export of this block was finished in the last 30 days");
    return { ...found, sha256: found.sha256.toString("hex") };
  });
}
