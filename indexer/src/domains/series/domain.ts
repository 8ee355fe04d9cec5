import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";
import { access } from "./rules.ts";

/** Stake, rewards, delegations and votes by the hour, day, week and month. */
export const series: Domain = {
  name: "series",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  access,
};
