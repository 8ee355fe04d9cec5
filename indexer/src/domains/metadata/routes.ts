import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { permit } from "../../platform/access/decide.ts";
import { asVisitor } from "../../platform/access/scope.ts";
import { together } from "../../platform/db/load/together.ts";
import { transaction } from "../../platform/db/pool.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { checked } from "../../platform/http/rest.ts";
import { publishedBy, putProfile } from "./repository.ts";
import { blank, changeProfile, profileSchema, readProfile, seenBy } from "./rules.ts";

const path = z.object({ id: z.uuid() });
const tagOf = (version: number) => `"${version}"`;

/** Version that the caller saw, by `If-Match`. @throws {Problem} 428 VERSION_MISSING */
function seenVersion(request: FastifyRequest): number {
  const match = /^"(\d{1,9})"$/.exec(request.headers["if-match"] ?? "");
  if (!match)
    throw new Problem(428, "VERSION_MISSING", 'send the ETag that you saw as If-Match, "0" for a first profile');
  return Number(match[1]);
}

/** Profiles: read by anybody, changed by their member. */
export function profileRoutes(rest: FastifyInstance, { door, pool, clock, audit }: RouteKit): void {
  // What is published is the same for everybody, whoever asks.
  const profiles = together((ids: readonly string[]) => asVisitor(() => publishedBy(pool, ids)));

  rest.get("/api/v1/members/:id/profile", async (request, reply) => {
    const actor = await door.anybody(request, readProfile);
    permit(actor, readProfile, clock());
    const { id } = checked(path, request.params);
    const found = await profiles.load(id);
    if (!found) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
    const tag = tagOf(found.version);
    reply.header("etag", tag).header("cache-control", "private, no-cache").header("vary", "authorization");
    if (request.headers["if-none-match"] === tag) return reply.status(304).send();
    return { memberId: id, version: found.version, ...seenBy(actor, found.profile ?? blank, id) };
  });

  rest.put("/api/v1/members/:id/metadata", async (request, reply) => {
    const actor = await door.selfOrKey(request, changeProfile);
    const at = clock();
    permit(actor, changeProfile, at, actor.memberId);
    const version = seenVersion(request);
    const profile = checked(profileSchema, request.body);
    await transaction(pool, async (sql) => {
      if (!(await putProfile(sql, actor.memberId, version, profile, at))) {
        throw new Problem(412, "PROFILE_CHANGED", "the profile has changed since you read it; read it again");
      }
      const detail = { version: version + 1 };
      const act = { action: changeProfile.name, subjectId: actor.memberId, requestId: request.id, detail };
      await audit.append(sql, actor, act, at);
    });
    reply.header("etag", tagOf(version + 1));
    return { memberId: actor.memberId, version: version + 1, ...profile };
  });
}
