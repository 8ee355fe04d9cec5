import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";

/** Cases against validators: evidence, appeal, verdict, execution. */
export const slashing: Domain = {
  name: "slashing",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
};
