import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { past, resolvers } from "./resolvers.ts";
import { twins } from "./twins.ts";

/** Voting units, delegates, proposals and ballots. */
export const governance: Domain = {
  name: "governance",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  past,
  twins,
};
