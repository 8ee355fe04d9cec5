import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { retentionRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { runRetention } from "./service.ts";

/** What is kept no longer than it must be, and the reports that say so. */
export const retention: Domain = {
  name: "retention",
  access,
  operations,
  routes: retentionRoutes,
  jobs: { "retention-run": { cron: "37 3 * * *", work: async (_data, kit) => void (await runRetention(kit)) } },
};
