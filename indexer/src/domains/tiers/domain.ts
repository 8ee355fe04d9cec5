import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";

/** Which tier a member's stake and KYC support; members by tier and stake. */
export const tiers: Domain = {
  name: "tiers",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
};
