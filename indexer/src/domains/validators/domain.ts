import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { past, resolvers } from "./resolvers.ts";
import { twins } from "./twins.ts";

/** Validators, their commissions and standing. */
export const validators: Domain = {
  name: "validators",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  past,
  twins,
};
