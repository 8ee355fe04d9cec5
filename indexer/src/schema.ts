import { readFileSync } from "node:fs";
import { join } from "node:path";

const domains = ["network", "identity", "validators", "staking", "rewards", "events"];

/** All slices as one document, in floor order. */
export const typeDefs = domains
  .map((name) => readFileSync(join(import.meta.dirname, "domains", name, "schema.graphql"), "utf8"))
  .join("\n");
