import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { pruneDigests } from "./repository.ts";
import { exportRoutes } from "./routes.ts";
import { DIGEST_MS } from "./rules.ts";

/** Tables of the chain as files, for analysts. What stands on chain is public; nothing personal is in them. */
export const exportsOfTables: Domain = {
  name: "exports",
  operations,
  routes: exportRoutes,
  tidy: (sql, clock) => pruneDigests(sql, new Date(clock().getTime() - DIGEST_MS)),
};
