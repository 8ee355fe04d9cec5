import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "../../platform/domain.ts";
import { forgetMember } from "./repository/personal.ts";
import { past, resolvers } from "./resolvers.ts";
import { access } from "./rules.ts";
import { twins } from "./twins.ts";

/** Members and what attesters found out about them. */
export const identity: Domain = {
  name: "identity",
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  past,
  access,
  twins,
  erase: (sql, { clock }, memberId) => forgetMember(sql, memberId, clock()),
};
