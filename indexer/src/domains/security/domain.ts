import { createHmac } from "node:crypto";
import { pruneRates } from "../../platform/db/rate-limit.ts";
import type { Domain } from "../../platform/domain.ts";
import { Cookies } from "./cookies.ts";
import { Door } from "./door.ts";
import { pruneNonces } from "./repository.ts";
import { sessionRoutes, signInRoutes } from "./routes.ts";
import { SignIn } from "./service.ts";
import { Tokens } from "./tokens.ts";

/** Who somebody is: sign-in by wallet, sessions. */
export const security: Domain = {
  name: "security",
  routes: (rest, { pool, clock, ask, origins, chainId, tokenSeed }) => {
    const tokens = new Tokens(origins[0] ?? "", tokenSeed);
    const signIn = new SignIn(pool, { origins, chainId, tokens, ask, clock });
    const secret = createHmac("sha256", tokenSeed).update("rate limits").digest();
    const parts = {
      signIn,
      door: new Door(pool, clock, signIn, secret),
      cookies: new Cookies(origins.every((origin) => origin.startsWith("https:"))),
    };
    signInRoutes(rest, parts);
    sessionRoutes(rest, parts);
  },
  tidy: async (sql, clock) => (await pruneNonces(sql, clock())) + (await pruneRates(sql, clock)),
};
