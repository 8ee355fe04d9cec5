import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";
import { twins } from "./twins.ts";

/** Totals and daily series; balances of the token. */
export const network: Domain = {
  name: "network",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  twins,
};
