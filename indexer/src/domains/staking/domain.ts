import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { past, resolvers } from "./resolvers.ts";
import { twins } from "./twins.ts";

/** Stake, positions, exits, liens and slashes. */
export const staking: Domain = {
  name: "staking",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  past,
  twins,
};
