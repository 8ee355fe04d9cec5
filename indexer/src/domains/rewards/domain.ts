import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { resolvers } from "./resolvers.ts";
import { twins } from "./twins.ts";

/** Credits of epochs and what is paid out of them. */
export const rewards: Domain = {
  name: "rewards",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  twins,
};
