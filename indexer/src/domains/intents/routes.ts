import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { MemberActor } from "../../platform/access/door.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { checked } from "../../platform/http/rest.ts";
import { readStatement } from "./service/appealing.ts";
import { type CommandName, commands } from "./service/commands.ts";
import { ownIntent, ownIntents, tellSubmitted } from "./service/following.ts";
import { hash } from "./service/inputs.ts";

const byId = z.object({ id: z.uuid() });
const byNumber = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, "a whole number")
    .transform(Number),
});
const told = z.strictObject({ hash });

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

type Entry = (request: FastifyRequest) => Promise<MemberActor>;
type Named = (request: FastifyRequest) => Record<string, string | number>;

/** Acts that need a wallet's signature. Who acts is in the token; bodies name nobody. */
export function actRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const { door } = kit;
  const member: Entry = (request) => door.member(request);
  const self: Entry = (request) => door.self(request);
  const nothing: Named = () => ({});
  const memberId: Named = ({ params }) => ({ memberId: checked(byId, params).id });

  const handler =
    (name: CommandName, enter: Entry, named: Named) => async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = await enter(request);
      const input = joined(request.body, named(request));
      const key = request.headers["idempotency-key"];
      const { status, body } = await commands[name].carryOut(kit, actor, request.id, input, key);
      return reply.status(status).send(body);
    };

  rest.post("/api/v1/members/:id/stake", handler("stake", self, nothing));
  rest.post("/api/v1/members/:id/unstake", handler("unstake", self, nothing));
  rest.post("/api/v1/members/:id/delegate", handler("delegate", self, nothing));
  rest.post("/api/v1/members/:id/claim-rewards", handler("claimRewards", self, nothing));
  rest.post("/api/v1/members/:id/vote", handler("castVote", self, nothing));
  rest.post("/api/v1/members/:id/rotate-keys", handler("rotateConsensusKey", self, nothing));
  rest.post("/api/v1/members/:id/suspend", handler("suspendMember", member, memberId));
  rest.post("/api/v1/members/:id/restore", handler("restoreMember", member, memberId));
  rest.post("/api/v1/validators/register", handler("registerValidator", member, nothing));
  rest.post("/api/v1/proposals", handler("createProposal", member, nothing));
  const validatorId: Named = ({ params }) => ({ validatorId: checked(byNumber, params).id });
  rest.put("/api/v1/validators/:id/config", handler("updateValidatorConfig", member, validatorId));
  const suspensionId: Named = ({ params }) => ({ suspensionId: checked(byNumber, params).id });
  rest.post("/api/v1/suspensions/:id/appeal", handler("appealSuspension", member, suspensionId));
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
