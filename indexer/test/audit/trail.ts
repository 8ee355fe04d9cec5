import pg from "pg";
import { localWallet } from "../../../scripts/local/chain.ts";
import { anchorRoots } from "../../src/domains/audit/service/anchoring.ts";
import { throughNodes, throughOurs } from "../../src/domains/audit/service/contract.ts";
import { makeRoot, RootSigner, sealEntries } from "../../src/domains/audit/service/sealing.ts";
import { verifyTrail } from "../../src/domains/audit/service/verifying.ts";
import { system } from "../../src/platform/access/actor.ts";
import { trailOf } from "../../src/platform/access/audit/trail.ts";
import { nodeOf } from "../../src/platform/crypto/wallet/node.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { until } from "../harness/until.ts";
import type { People } from "../members/people.ts";

/** Deployed the test's world, and holds the role of whoever anchors. */
export const KEY = localWallet(0).privateKey as `0x${string}`;

/** A trail that a test writes, seals, roots and anchors, and that somebody with the whole database changes. */
export async function trailUnder(people: People) {
  const { chain, database } = people;
  const seed = Buffer.from(people.settings.TOKEN_SEED ?? "", "base64");
  const [trail, signer] = [trailOf(seed), new RootSigner(seed)];
  const kit = { pool: database.pool, clock: () => new Date() };
  const ours = (url = chain.url) => throughOurs(nodeOf([url], chain.record.chainId), chain.record);

  const write = async (count: number, subjectId?: string) => {
    for (let n = 0; n < count; n++) {
      const act = { action: "test.act", ...(subjectId && { subjectId }), detail: { n } };
      await trail.append(database.pool, system, act, new Date());
    }
  };
  /** Everything that was written; transactions of other tests on this server hold entries back, too. */
  const seal = () =>
    until("everything is sealed", async () => {
      await sealEntries(kit);
      const { rows } = await database.pool.query("select 1 from app.audit_pending limit 1");
      return rows.length === 0;
    });
  const root = () => makeRoot(kit, signer);
  return {
    write,
    seal,
    root,
    /** A day of the trail: entries, seals, a root. */
    day: async (count: number, subjectId?: string) => {
      await write(count, subjectId);
      await seal();
      return root();
    },
    anchor: (url?: string, key = KEY) => anchorRoots(database.pool, ours(url), key),
    /** Without a word of the chain, and with what a node says. */
    found: () => verifyTrail(database.pool, trail, signer),
    foundFromChain: async () =>
      verifyTrail(database.pool, trail, signer, await throughNodes([chain.url], chain.record)),
    onChain: () => chain.view<bigint>("AuditAnchor", "lastSeq").then(Number),
    follow: async () => {
      const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record });
      await catchUp(sync);
    },
    /** As somebody with the whole database in their hands, who switches off what refuses. */
    asOwner: async (text: string) => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query("set session_replication_role = replica");
      await client.query(text).finally(() => client.end());
    },
  };
}

export type Trail = Awaited<ReturnType<typeof trailUnder>>;

export const EMPTY = "truncate app.audit_entries, app.audit_seals, app.audit_roots, app.audit_pending restart identity";
