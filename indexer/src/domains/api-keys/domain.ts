import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { dropKeysOf, pruneKeys } from "./repository.ts";
import { apiKeyRoutes } from "./routes.ts";
import { access, KEPT_DAYS } from "./rules.ts";
import { ApiKeys } from "./service.ts";

/** Keys by which members' programs ask in their name. */
export const apiKeys: Domain = {
  name: "api-keys",
  access,
  operations,
  routes: (rest, kit) => apiKeyRoutes(rest, new ApiKeys(kit), kit.door),
  erase: (sql, _kit, memberId) => dropKeysOf(sql, memberId),
  tidy: (sql, clock) => pruneKeys(sql, new Date(clock().getTime() - KEPT_DAYS * 86_400_000)),
};
