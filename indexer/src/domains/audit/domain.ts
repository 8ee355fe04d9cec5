import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { trailOf as trail } from "../../platform/access/audit/trail.ts";
import type { Domain, Kit } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { resolvers } from "./resolvers.ts";
import { auditRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { anchorRoots } from "./service/anchoring.ts";
import { throughNodes, throughOurs } from "./service/contract.ts";
import { makeRoot, RootSigner, sealEntries } from "./service/sealing.ts";
import { verifyTrail } from "./service/verifying.ts";

/**
 * Recomputes the whole trail, for whoever holds the seed.
 * @param chain Nodes of one's own choice, and where the contract is: then the chain's roots are compared, not ours
 */
export async function verifyAudit(pool: Pool, seed: Buffer, chain?: { urls: string[]; deployment: Deployment }) {
  const contract = chain && (await throughNodes(chain.urls, chain.deployment));
  return verifyTrail(pool, trail(seed), new RootSigner(seed), contract);
}

/** Without a key roots wait, and nothing else does: sealing asks no chain. */
async function anchor(kit: Kit): Promise<void> {
  if (!kit.anchorKey) return;
  const sent = await anchorRoots(kit.pool, throughOurs(kit.ask, kit), kit.anchorKey);
  if (sent > 0) kit.log.info({ sent }, "roots of the audit trail are anchored");
}

/** Who did what to whom: added to, sealed in one order, anchored on the chain, and recomputed by anybody who may. */
export const audit: Domain = {
  name: "audit",
  access,
  schema: readFileSync(join(import.meta.dirname, "schema.graphql"), "utf8"),
  resolvers,
  operations,
  routes: (rest, kit) => auditRoutes(rest, kit, new RootSigner(kit.tokenSeed)),
  jobs: {
    "audit-sealer": { cron: "* * * * *", work: async (_data, kit) => void (await sealEntries(kit)) },
    "audit-root": {
      cron: "7 0 * * *",
      work: async (_data, kit) => {
        while ((await sealEntries(kit)) > 0);
        const made = await makeRoot(kit, new RootSigner(kit.tokenSeed));
        // Whichever worker has the key takes it.
        if (made) await kit.jobs.send(kit.pool, "audit-anchor", {});
      },
    },
    // Each minute, not only after a root: a reorganisation may have dropped one, or the chain was out of reach.
    "audit-anchor": { cron: "* * * * *", work: (_data, kit) => anchor(kit) },
  },
};
