import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { approvalRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { Approvals } from "./service.ts";

/** Decisions that take two people. */
export const approvals: Domain = {
  name: "approvals",
  access,
  operations,
  routes: (rest, kit) => approvalRoutes(rest, new Approvals(kit, kit.approvalKinds), kit.door),
  jobs: {
    "approvals-expiry": {
      cron: "*/5 * * * *",
      work: async (_data, kit) => void (await new Approvals(kit, kit.approvalKinds).expire()),
    },
  },
};
