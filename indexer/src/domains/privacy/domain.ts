import type { Domain, Kit } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { privacyRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { endRecords, eraseDue, holdLifted, holdPlaced, replayErasures } from "./service.ts";

/** Makes sure that whoever was erased stays so, before anybody is served. @returns how many a backup had brought back */
export const keepErased = (kit: Kit): Promise<number> => replayErasures(kit);

/** A member's right to be forgotten, and the law's to keep. */
export const privacy: Domain = {
  name: "privacy",
  operations,
  access,
  routes: privacyRoutes,
  approvals: { "privacy.hold.place": holdPlaced, "privacy.hold.lift": holdLifted },
  jobs: {
    "privacy-erasures": { cron: "*/10 * * * *", work: async (_data, kit) => void (await eraseDue(kit)) },
    "privacy-records": { cron: "7 3 * * *", work: async (_data, kit) => void (await endRecords(kit)) },
  },
};
