import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { forgetProfile } from "./repository.ts";
import { resolvers } from "./resolvers.ts";
import { profileRoutes } from "./routes.ts";
import { access } from "./rules.ts";

/** What members publish of themselves (seed §2.8). */
export const metadata: Domain = {
  name: "metadata",
  operations,
  access,
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  routes: profileRoutes,
  erase: (sql, _kit, memberId) => forgetProfile(sql, memberId),
};
