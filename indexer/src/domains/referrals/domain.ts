import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { forgetReferral } from "./repository.ts";
import { resolvers } from "./resolvers.ts";
import { access } from "./rules.ts";
import { twins } from "./twins.ts";

/** Members who bring members: a code, and a count. */
export const referrals: Domain = {
  name: "referrals",
  access,
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  twins,
  erase: (sql, _kit, memberId) => forgetReferral(sql, memberId),
};
