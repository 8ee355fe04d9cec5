import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { endOverdue, forgetExports } from "./repository/exports.ts";
import { exportRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { ARCHIVES, makeArchive } from "./service.ts";

/** A member's right to have a copy of its data, in a form that others can read. */
export const portability: Domain = {
  name: "portability",
  access,
  operations,
  routes: exportRoutes,
  jobs: {
    [ARCHIVES]: { work: makeArchive },
    "portability-ends": {
      cron: "*/10 * * * *",
      work: async (_data, kit) => void (await endOverdue(kit.pool, kit.clock())),
    },
  },
  erase: (sql, _kit, memberId) => forgetExports(sql, memberId),
};
