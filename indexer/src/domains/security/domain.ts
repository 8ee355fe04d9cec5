import { createHmac } from "node:crypto";
import { NetworkMarks } from "../../platform/crypto/networks.ts";
import { pruneRates } from "../../platform/db/load/rate-limit.ts";
import type { Domain, Kit } from "../../platform/domain.ts";
import { ANSWER_MS } from "../../platform/http/idempotency/once.ts";
import { forgetAnswers, pruneAnswers } from "../../platform/http/idempotency/repository.ts";
import { ApiKeys } from "../api-keys/service.ts";
import { Cookies } from "./cookies.ts";
import { TokenDoor } from "./door.ts";
import { operations } from "./operations.ts";
import { forgetSignIns, pruneChallenges } from "./repository/factors.ts";
import { pruneStaffSignIns } from "./repository/provider.ts";
import { pruneNonces } from "./repository/sessions.ts";
import { factorRoutes, stepUpRoutes } from "./routes/factors.ts";
import { staffProviderRoutes } from "./routes/provider.ts";
import { sessionRoutes, signInRoutes } from "./routes/sessions.ts";
import { settingRoutes } from "./routes/settings.ts";
import { staffRoutes } from "./routes/staff.ts";
import { access } from "./rules.ts";
import { SecondFactors } from "./service/factors.ts";
import { Passkeys } from "./service/passkeys.ts";
import { StaffSignIn } from "./service/provider.ts";
import { SecuritySettings } from "./service/settings.ts";
import { SignIn } from "./service/sign-in.ts";
import { appointFirst, appointment, dismissal, Staff } from "./service/staff.ts";
import { makeTestActor as makeActor } from "./service/test-actor.ts";
import { Tokens } from "./tokens.ts";

function signInOf({ pool, clock, askAboutWallets: ask, audit, origins, chainId, tokenSeed }: Kit): SignIn {
  const tokens = new Tokens(origins[0] ?? "", tokenSeed);
  const networks = new NetworkMarks(tokenSeed);
  return new SignIn(pool, { origins, chainId, tokens, ask, clock, audit, networks });
}

/** The door by which all domains let people in. */
export function doorOf(kit: Kit): TokenDoor {
  const secret = createHmac("sha256", kit.tokenSeed).update("rate limits").digest();
  return new TokenDoor(kit, signInOf(kit), new ApiKeys(kit), secret);
}

/** Names the first administrator; see {@link appointFirst}. */
export const appoint = appointFirst;

/** Makes somebody of a test; see {@link makeActor}. */
export const makeTestActor = makeActor;

/** Who somebody is: sign-in by wallet, sessions, second factors. */
export const security: Domain = {
  name: "security",
  operations,
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
    settingRoutes(rest, new SecuritySettings(kit, proofs.factors), parts.door);
    staffProviderRoutes(rest, { ...proofs, staff: new StaffSignIn(kit) });
    factorRoutes(rest, proofs);
    stepUpRoutes(rest, proofs);
  },
  erase: async (sql, _kit, memberId) => {
    await forgetAnswers(sql, memberId);
    await forgetSignIns(sql, memberId);
  },
  tidy: async (sql, clock) => {
    const now = clock();
    const begun =
      (await pruneNonces(sql, now)) + (await pruneChallenges(sql, now)) + (await pruneStaffSignIns(sql, now));
    const answers = await pruneAnswers(sql, new Date(now.getTime() - ANSWER_MS));
    return answers + begun + (await pruneRates(sql, clock));
  },
};
