import { trailOf as trail } from "../../platform/access/audit/trail.ts";
import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { auditRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { makeRoot, RootSigner, sealEntries, verifyTrail } from "./service.ts";

/** Recomputes the whole trail, for whoever holds the seed. */
export const verifyAudit = (pool: Parameters<typeof verifyTrail>[0], seed: Buffer, progress?: (n: number) => void) =>
  verifyTrail(pool, trail(seed), new RootSigner(seed), progress);

/** Who did what to whom: added to, sealed in one order, and recomputed by anybody who may. */
export const audit: Domain = {
  name: "audit",
  operations,
  access,
  routes: (rest, kit) => auditRoutes(rest, kit, new RootSigner(kit.tokenSeed)),
  jobs: {
    "audit-sealer": { cron: "* * * * *", work: async (_data, kit) => void (await sealEntries(kit)) },
    "audit-root": {
      cron: "7 0 * * *",
      work: async (_data, kit) => {
        while ((await sealEntries(kit)) > 0);
        await makeRoot(kit, new RootSigner(kit.tokenSeed));
      },
    },
  },
};
