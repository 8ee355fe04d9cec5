import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Door } from "../../../platform/access/door.ts";
import { checked, noBody } from "../../../platform/http/rest.ts";
import type { SecondFactors } from "../service/factors.ts";
import type { StaffSignIn } from "../service/provider.ts";

const word = z.string().regex(/^[\x21-\x7e]{1,2048}$/, "printable letters without spaces");
export const returned = z.strictObject({ code: word, state: word, iss: word.optional() });

interface Parts {
  door: Door;
  staff: StaffSignIn;
  factors: SecondFactors;
}

/** Sign-in of the staff at their provider. The page that comes back from it says so with the session that went. */
export function staffProviderRoutes(rest: FastifyInstance, { door, staff, factors }: Parts): void {
  rest.get("/api/v1/auth/oidc", async (request) => staff.standing(await door.member(request)));

  rest.post("/api/v1/auth/oidc/start", async (request) => {
    const actor = await door.member(request);
    checked(noBody, request.body);
    return { url: await staff.begin(actor) };
  });

  rest.post("/api/v1/auth/oidc/callback", async (request) => {
    const actor = await door.member(request);
    const word = checked(returned, request.body);
    await factors.countTry(actor.memberId);
    const { roles, expiresAt } = await staff.end(actor, word, request.id);
    return { roles, expiresAt: expiresAt.toISOString() };
  });
}
