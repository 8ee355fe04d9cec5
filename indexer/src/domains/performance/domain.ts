import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { past, resolvers } from "./resolvers.ts";

/** What validators did in each epoch, and how the reporters agreed on it. */
export const performance: Domain = {
  name: "performance",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  past,
};
