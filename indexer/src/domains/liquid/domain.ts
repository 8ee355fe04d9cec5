import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";

/** The liquid staking vault: its holders, allocations and redemptions. */
export const liquid: Domain = {
  name: "liquid",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
};
