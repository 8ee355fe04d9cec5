import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { forgetIntents, pruneIntents } from "./repository/intents.ts";
import { resolvers } from "./resolvers.ts";
import { actRoutes, intentRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { watchIntents } from "./service/following.ts";
import { SUSPENSION_KIND, suspensionApproval } from "./service/suspending.ts";

/** What a member's wallet has signed or not is looked up for as long. */
const KEPT_MS = 400 * 86_400_000;

/** Acts that move tokens or votes: prepared here, signed by the member's wallet, confirmed by the chain. */
export const intents: Domain = {
  name: "intents",
  access,
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  operations,
  routes: (rest, kit) => {
    actRoutes(rest, kit);
    intentRoutes(rest, kit);
  },
  jobs: { "intents-watch": { cron: "* * * * *", work: (_data, kit) => watchIntents(kit) } },
  approvals: { [SUSPENSION_KIND]: suspensionApproval },
  erase: (sql, _kit, memberId) => forgetIntents(sql, memberId),
  tidy: (sql, clock) => pruneIntents(sql, new Date(clock().getTime() - KEPT_MS)),
};
