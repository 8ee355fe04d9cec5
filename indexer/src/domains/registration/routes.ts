import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Door, MemberActor } from "../../platform/access/door.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { keyOf } from "../../platform/http/idempotency/once.ts";
import { checked, noBody } from "../../platform/http/rest.ts";
import { agreementSchema } from "../consents/service.ts";
import { ownNode, waive } from "./node/standing.ts";
import { see, tierNames } from "./rules.ts";
import type { Answer } from "./service/once.ts";
import type { Registering } from "./service/registering.ts";
import { seenByStaff } from "./service/showing.ts";

const path = z.object({ id: z.uuid() });
const waiverPath = z.object({ id: z.uuid(), registrationId: z.uuid() });
const email = z.email("an e-mail address").max(254);
export const beginning = z.strictObject({
  tier: z.enum(tierNames),
  language: z.enum(["ko", "en"]).default("ko"),
  email: email.optional(),
  /** Those that membership rests on must be among them, or have been given before. */
  consents: z.array(agreementSchema).max(10).default([]),
  // Of whatever form: a wrong one is taken like a right one, and so tells nobody which codes there are.
  referralCode: z.string().max(64).optional(),
});
export const code = z.strictObject({ code: z.string().min(1).max(32) });
export const bodies = {
  email: z.strictObject({ email }),
  phone: z.strictObject({ phone: z.string().regex(/^\+[1-9]\d{6,14}$/, "+ and country code, digits only (E.164)") }),
  tier: z.strictObject({ tier: z.enum(tierNames) }),
  node: z.strictObject({ endpoint: z.string().min(1).max(255) }),
  waiver: z.strictObject({ reason: z.string().trim().min(10).max(2_000) }),
  stake: z.strictObject({ amount: z.string().regex(/^[1-9]\d{0,29}$/, "base units, digits only") }),
};

type Handle = (actor: MemberActor, id: string, key: string, body: unknown) => Promise<Answer>;

const send = (reply: FastifyReply, { status, body }: Answer) => reply.status(status).send(body);

/** Begins a registration, and tells where it stands. */
export function registrationRoutes(rest: FastifyInstance, registering: Registering, door: Door): void {
  rest.post("/api/v1/members/register", async (request, reply) => {
    const actor = await door.member(request);
    const key = keyOf(request);
    return send(reply, await registering.begin(actor, key, checked(beginning, request.body)));
  });

  rest.post("/api/v1/members/:id/verify-email", async (request, reply) => {
    const actor = await door.self(request);
    const key = keyOf(request);
    const { code: text } = checked(code, request.body);
    return send(reply, await registering.verifyEmail(actor, await registering.openOf(actor), key, text));
  });

  rest.get("/api/v1/registrations/current", async (request) => {
    const actor = await door.memberOrKey(request, see);
    return { registration: (await registering.current(actor)) ?? null };
  });

  rest.get("/api/v1/registrations/:id", async (request) => {
    const actor = await door.memberOrKey(request, see);
    return registering.get(actor, checked(path, request.params).id);
  });
}

/** Where one's own node was asked; kept apart from the registration, whose answers are kept and hold no address. */
export function nodeRoutes(rest: FastifyInstance, kit: RouteKit): void {
  rest.get("/api/v1/registrations/:id/node", async (request) => {
    const actor = await kit.door.member(request);
    return ownNode(kit, actor, checked(path, request.params).id);
  });
}

/** What the staff sees of a member's ways in, and says of its node. */
export function staffRoutes(rest: FastifyInstance, kit: RouteKit): void {
  rest.get("/api/v1/admin/members/:id/registrations", async (request) => {
    const actor = await kit.door.member(request);
    return { registrations: await seenByStaff(kit, actor, checked(path, request.params).id, request.id) };
  });

  rest.put("/api/v1/admin/members/:id/registrations/:registrationId/node-waiver", async (request, reply) => {
    const actor = await kit.door.member(request);
    const { id: memberId, registrationId } = checked(waiverPath, request.params);
    const { reason } = checked(bodies.waiver, request.body);
    await waive(kit, actor, { memberId, registrationId, reason }, request.id);
    return reply.status(204).send();
  });
}

/** What moves a registration on. */
export function stepRoutes(rest: FastifyInstance, registering: Registering, door: Door): void {
  const command = (step: string, handle: Handle) =>
    rest.post(`/api/v1/registrations/:id/${step}`, async (request, reply) => {
      const actor = await door.member(request);
      const key = keyOf(request);
      return send(reply, await handle(actor, checked(path, request.params).id, key, request.body));
    });
  const bare = (step: string, handle: (actor: MemberActor, id: string, key: string) => Promise<Answer>) =>
    command(step, (actor, id, key, body) => {
      checked(noBody, body);
      return handle(actor, id, key);
    });

  command("email", (a, id, key, body) => registering.email(a, id, key, checked(bodies.email, body).email));
  command("verify-email", (a, id, key, body) => registering.verifyEmail(a, id, key, checked(code, body).code));
  command("phone", (a, id, key, body) => registering.phone(a, id, key, checked(bodies.phone, body).phone));
  command("verify-phone", (a, id, key, body) => registering.verifyPhone(a, id, key, checked(code, body).code));
  command("tier", (a, id, key, body) => registering.tier(a, id, key, checked(bodies.tier, body).tier));
  command("stake-intent", (a, id, key, body) =>
    registering.stakeIntent(a, id, key, BigInt(checked(bodies.stake, body).amount)),
  );
  command("node-check", (a, id, key, body) => registering.nodeCheck(a, id, key, checked(bodies.node, body).endpoint));
  bare("resend", (...asked) => registering.resend(...asked));
  bare("skip-phone", (...asked) => registering.skipPhone(...asked));
  bare("reapply", (...asked) => registering.reapply(...asked));
  bare("setup", (...asked) => registering.setup(...asked));
  bare("submit", (...asked) => registering.submit(...asked));
}
