import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";

/** Blocks, reorganisations and the state of the mirror. */
export const blocks: Domain = {
  name: "blocks",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
};
