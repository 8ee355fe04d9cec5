import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";
import { access } from "./rules.ts";

/** How a member stands with this service, in one place: what its own pages follow. */
export const affairs: Domain = {
  name: "affairs",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  access,
};
