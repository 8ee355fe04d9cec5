import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { past, resolvers } from "./resolvers.ts";

/** Tiers as the engine decided them; members by tier and stake. */
export const tiers: Domain = {
  name: "tiers",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  past,
};
