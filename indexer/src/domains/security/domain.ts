import { createHmac } from "node:crypto";
import { pruneRates } from "../../platform/db/rate-limit.ts";
import type { Domain, Kit } from "../../platform/domain.ts";
import { ANSWER_MS } from "../../platform/http/idempotency/once.ts";
import { forgetAnswers, pruneAnswers } from "../../platform/http/idempotency/repository.ts";
import { Cookies } from "./cookies.ts";
import { TokenDoor } from "./door.ts";
import { forgetSignIns, pruneChallenges } from "./repository/factors.ts";
import { pruneNonces, pruneSessions } from "./repository/sessions.ts";
import { factorRoutes, stepUpRoutes } from "./routes/factors.ts";
import { sessionRoutes, signInRoutes } from "./routes/sessions.ts";
import { staffRoutes } from "./routes/staff.ts";
import { access } from "./rules.ts";
import { SecondFactors } from "./service/factors.ts";
import { Passkeys } from "./service/passkeys.ts";
import { SignIn } from "./service/sign-in.ts";
import { appointFirst, appointment, dismissal, Staff } from "./service/staff.ts";
import { Tokens } from "./tokens.ts";

/** How long somebody sees which sessions there were. */
const ENDED_SESSIONS_MS = 90 * 86_400_000;

function signInOf({ pool, clock, ask, audit, origins, chainId, tokenSeed }: Kit): SignIn {
  const tokens = new Tokens(origins[0] ?? "", tokenSeed);
  return new SignIn(pool, { origins, chainId, tokens, ask, clock, audit });
}

/** The door by which all domains let people in. */
export function doorOf(kit: Kit): TokenDoor {
  const secret = createHmac("sha256", kit.tokenSeed).update("rate limits").digest();
  return new TokenDoor(kit.pool, kit.clock, signInOf(kit), secret);
}

/** Names the first administrator; see {@link appointFirst}. */
export const appoint = appointFirst;

export { makeTestActor } from "./service/test-actor.ts";

/** Who somebody is: sign-in by wallet, sessions, second factors. */
export const security: Domain = {
  name: "security",
  access,
  approvals: { "staff.appoint": appointment, "staff.dismiss": dismissal },
  routes: (rest, kit) => {
    const parts = {
      signIn: signInOf(kit),
      door: kit.door,
      cookies: new Cookies(kit.origins.every((origin) => origin.startsWith("https:"))),
    };
    signInRoutes(rest, parts);
    sessionRoutes(rest, parts);
    staffRoutes(rest, new Staff(kit), parts.door);
    const proofs = { door: parts.door, factors: new SecondFactors(kit), passkeys: new Passkeys(kit) };
    factorRoutes(rest, proofs);
    stepUpRoutes(rest, proofs);
  },
  erase: async (sql, _kit, memberId) => {
    await forgetAnswers(sql, memberId);
    await forgetSignIns(sql, memberId);
  },
  tidy: async (sql, clock) => {
    const now = clock();
    const ended = await pruneSessions(sql, new Date(now.getTime() - ENDED_SESSIONS_MS));
    const answers = await pruneAnswers(sql, new Date(now.getTime() - ANSWER_MS));
    const asked = (await pruneNonces(sql, now)) + (await pruneChallenges(sql, now));
    return ended + answers + asked + (await pruneRates(sql, clock));
  },
};
