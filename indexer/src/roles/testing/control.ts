import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { jobs, tidy } from "../../app.ts";
import { acrossMembers } from "../../platform/access/scope.ts";
import type { Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { bearerOf, checked } from "../../platform/http/rest.ts";
import type { TestClock } from "../../platform/time/clock.ts";
import { hasten } from "./repository.ts";

const moveSchema = z.union([
  z.strictObject({ now: z.iso.datetime() }),
  z.strictObject({
    advanceSeconds: z
      .number()
      .min(0)
      .max(10 * 365 * 86_400),
  }),
]);

const hash = (text: string) => createHash("sha256").update(text).digest();

/** @throws {Problem} 401 CONTROL_REFUSED */
function requireToken(request: FastifyRequest, token: string): void {
  if (timingSafeEqual(hash(bearerOf(request)), hash(token))) return;
  throw new Problem(401, "CONTROL_REFUSED", "send CONTROL_TOKEN as bearer token");
}

/** Does what comes by itself, as if its hour had struck. @returns which queues */
async function strike(kit: Kit): Promise<string[]> {
  const due = Object.entries(jobs()).filter(([, { cron }]) => cron !== undefined);
  for (const [, { work }] of due) await work({}, kit);
  await tidy(kit.pool, kit.clock);
  // Jobs that wait for a moment wait by the clock of the database, which nobody moves.
  await hasten(kit.pool, kit.clock());
  return due.map(([queue]) => queue);
}

/** Routes by which tests move the clock of this process. They exist under APP_ENV=test alone; see docs/testing.md. */
export function controlRoutes(rest: FastifyInstance, kit: Kit, clock: TestClock, token: string): void {
  rest.get("/api/v1/test/clock", async (request) => {
    requireToken(request, token);
    return { now: clock.now().toISOString() };
  });

  rest.post("/api/v1/test/clock", async (request) => {
    requireToken(request, token);
    const move = checked(moveSchema, request.body);
    if ("now" in move) clock.set(new Date(move.now));
    else clock.advance(move.advanceSeconds);
    return { now: clock.now().toISOString(), ran: await acrossMembers(() => strike(kit)) };
  });
}
