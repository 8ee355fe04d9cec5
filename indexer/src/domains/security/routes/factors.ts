import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Door } from "../../../platform/access/door.ts";
import { transaction } from "../../../platform/db/pool.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { checked } from "../../../platform/http/rest.ts";
import type { SecondFactors } from "../service/factors.ts";
import type { Passkeys } from "../service/passkeys.ts";

export const code = z.strictObject({ code: z.string().trim().min(6).max(20) });
const base64url = z.string().regex(/^[\w-]{1,8192}$/, "base64url");
const credential = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}).loose(),
});
export const enrolled = z.strictObject({
  name: z.string().trim().min(1).max(60),
  response: credential
    .extend({ response: z.object({ clientDataJSON: base64url, attestationObject: z.string().max(32_768) }).loose() })
    .loose(),
});
export const proved = z.strictObject({
  response: credential
    .extend({
      response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }).loose(),
    })
    .loose(),
});
const keyPath = z.object({ passkeyId: base64url });

const refused = () => new Problem(401, "FACTOR_REFUSED", "this proof is not good, or was used before; try a new one");

interface Parts {
  door: Door;
  factors: SecondFactors;
  passkeys: Passkeys;
}

/** What a member proves with to be there: seen, enrolled, removed. */
export function factorRoutes(rest: FastifyInstance, { door, factors, passkeys }: Parts): void {
  const { kit } = factors;
  rest.get("/api/v1/auth/mfa", async (request) => factors.of((await door.member(request)).memberId));

  rest.post("/api/v1/auth/mfa/totp", async (request) => {
    const actor = await door.member(request);
    await factors.permitChange(actor);
    return factors.totp.begin(kit.pool, actor);
  });

  rest.post("/api/v1/auth/mfa/totp/confirm", async (request) => {
    const actor = await door.member(request);
    await factors.permitChange(actor);
    const { code: given } = checked(code, request.body);
    await factors.countTry(actor.memberId);
    const had = (await factors.of(actor.memberId)).recoveryCodesLeft > 0;
    const take = (sql: Parameters<typeof factors.totp.take>[0]) => factors.totp.take(sql, actor.memberId, given, true);
    await factors.stepUp(actor, "totp", take, request.id);
    return { recoveryCodes: had ? [] : await factors.recovery.renew(kit.pool, actor.memberId) };
  });

  rest.delete("/api/v1/auth/mfa/totp", async (request, reply) => {
    await factors.remove(await door.member(request), { totp: true }, request.id);
    return reply.status(204).send();
  });

  rest.post("/api/v1/auth/mfa/webauthn/options", async (request) => {
    const actor = await door.member(request);
    await factors.permitChange(actor);
    return passkeys.enrolOptions(actor);
  });

  rest.post("/api/v1/auth/mfa/webauthn", async (request) => {
    const actor = await door.member(request);
    await factors.permitChange(actor);
    const { name, response } = checked(enrolled, request.body);
    const { recoveryCodesLeft } = await factors.of(actor.memberId);
    const enrol = (sql: Parameters<typeof passkeys.enrol>[0]) =>
      passkeys.enrol(sql, actor, response as unknown as RegistrationResponseJSON, name);
    await factors.stepUp(actor, "passkey", enrol, request.id);
    return { recoveryCodes: recoveryCodesLeft > 0 ? [] : await factors.recovery.renew(kit.pool, actor.memberId) };
  });

  rest.delete("/api/v1/auth/mfa/webauthn/:passkeyId", async (request, reply) => {
    const actor = await door.member(request);
    await factors.remove(actor, { passkey: checked(keyPath, request.params).passkeyId }, request.id);
    return reply.status(204).send();
  });
}

/** Proving to be there, for what asks for it (RFC 9470), and new recovery codes. */
export function stepUpRoutes(rest: FastifyInstance, { door, factors, passkeys }: Parts): void {
  rest.post("/api/v1/auth/step-up", async (request) => {
    const actor = await door.member(request);
    const at = await factors.stepUpByCode(actor, checked(code, request.body).code, request.id);
    return { steppedUpAt: at.toISOString() };
  });

  rest.post("/api/v1/auth/step-up/webauthn/options", async (request) => {
    const actor = await door.member(request);
    await factors.countTry(actor.memberId);
    return passkeys.proveOptions(actor);
  });

  rest.post("/api/v1/auth/step-up/webauthn", async (request) => {
    const actor = await door.member(request);
    const { response } = checked(proved, request.body);
    const prove = (sql: Parameters<typeof passkeys.prove>[0]) =>
      passkeys.prove(sql, actor, response as unknown as AuthenticationResponseJSON);
    return { steppedUpAt: (await factors.stepUp(actor, "passkey", prove, request.id)).toISOString() };
  });

  rest.post("/api/v1/auth/mfa/recovery", async (request) => {
    const actor = await door.member(request);
    await factors.permitChange(actor);
    const { totp, passkeys: keys } = await factors.of(actor.memberId);
    if (!totp && keys.length === 0) throw refused();
    const codes = await transaction(factors.kit.pool, (sql) => factors.recovery.renew(sql, actor.memberId));
    return { recoveryCodes: codes };
  });
}
