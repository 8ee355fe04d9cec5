import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { checked } from "../../platform/http/rest.ts";
import { type Act, acts } from "./acts.ts";
import { readStatement } from "./service/appealing.ts";
import { commands } from "./service/commands.ts";
import { ownIntent, ownIntents, tellSubmitted } from "./service/following.ts";
import { hash } from "./service/inputs.ts";

const byId = z.object({ id: z.uuid() });
const byNumber = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, "a whole number")
    .transform(Number),
});
export const told = z.strictObject({ hash });

/** A body with what its path names. A body that names it, too, is refused: the path decides. */
function joined(body: unknown, named: Record<string, string | number>): unknown {
  if (body === undefined || body === null) return named;
  const [name] = Object.keys(named).filter((one) => Object.hasOwn(body, one));
  if (typeof body !== "object" || Array.isArray(body) || name !== undefined) {
    const errors = [{ field: name ?? "", message: name ? "stands in the path" : "a JSON object" }];
    throw new Problem(422, "INPUT_INVALID", "some fields are not as they must be", { errors });
  }
  return { ...body, ...named };
}

/** What `:id` of an act's path names, as the command's input has it. */
function named({ id }: Act, { params }: FastifyRequest): Record<string, string | number> {
  if (id === undefined || id === "self") return {};
  return { [id]: id === "memberId" ? checked(byId, params).id : checked(byNumber, params).id };
}

/** Acts that need a wallet's signature, and those that come before one. */
export function actRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const { door } = kit;
  for (const act of acts) {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = act.id === "self" ? await door.self(request) : await door.member(request);
      const input = joined(request.body, named(act, request));
      const key = request.headers["idempotency-key"];
      const { status, body } = await commands[act.command].carryOut(kit, actor, request.id, input, key);
      return reply.status(status).send(body);
    };
    rest.route({ method: act.method, url: act.path, handler });
  }
}

/** What became of prepared transactions, and what was said in appeals. */
export function intentRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const { door } = kit;

  rest.get("/api/v1/tx-intents", async (request) => ({ intents: await ownIntents(kit, await door.member(request)) }));

  rest.get("/api/v1/tx-intents/:id", async (request) => {
    const actor = await door.member(request);
    return ownIntent(kit, actor, checked(byId, request.params).id);
  });

  rest.post("/api/v1/tx-intents/:id/submitted", async (request) => {
    const actor = await door.member(request);
    const { id } = checked(byId, request.params);
    return tellSubmitted(kit, actor, id, checked(told, request.body).hash, request.id);
  });

  rest.get("/api/v1/suspensions/:id/appeal", async (request) => {
    const actor = await door.member(request);
    return readStatement(kit, actor, checked(byNumber, request.params).id, request.id);
  });
}
