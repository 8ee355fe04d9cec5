import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";
import { access } from "./rules.ts";
import { subscriptions } from "./subscriptions.ts";
import { twins } from "./twins.ts";

/** What happened, to whom; news as it comes. */
export const events: Domain = {
  name: "events",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers: { ...resolvers, ...subscriptions },
  twins,
  access,
};
