import pg from "pg";
import { localWallet } from "../../../scripts/local/chain.ts";
import { audit, verifyAudit } from "../../src/domains/audit/domain.ts";
import { readEnv } from "../../src/env.ts";
import { system } from "../../src/platform/access/actor.ts";
import { nodeOf } from "../../src/platform/crypto/wallet/node.ts";
import type { Kit } from "../../src/platform/domain.ts";
import { openLog } from "../../src/platform/telemetry/log.ts";
import { openKit } from "../../src/roles/people.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { until } from "../harness/until.ts";
import type { People } from "../members/people.ts";

/** Deployed the test's world, and holds the role of whoever anchors. */
export const KEY = localWallet(0).privateKey as `0x${string}`;

export const EMPTY = "truncate app.audit_entries, app.audit_seals, app.audit_roots, app.audit_pending restart identity";

interface Root {
  firstSeq: number;
  lastSeq: number;
  /** 0x and hex digits. */
  root: string;
}

async function kitOf({ chain, database, settings }: People) {
  const base = { APP_ENV: "development", DATABASE_URL: database.url, RPC_URL: chain.url };
  const env = readEnv({ ...base, CHAIN_ID: String(chain.record.chainId), ...settings });
  const ask = nodeOf([chain.url], chain.record.chainId);
  const opened = await openKit(env, chain.record, database.pool, ask, openLog("silent"));
  if (!opened) throw new Error("services for people are off");
  return opened;
}

/** As somebody with the whole database in their hands, who switches off what refuses. */
async function asOwner(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("set session_replication_role = replica");
  await client.query(text).finally(() => client.end());
}

/** A trail that a test writes, seals, roots and anchors, and that somebody with the whole database changes. */
export async function trailUnder(people: People) {
  const { chain, database } = people;
  const { kit, close } = await kitOf(people);
  const work = (job: string, with_: Kit = kit) => audit.jobs?.[job]?.work({}, with_);

  const write = async (count: number, subjectId?: string) => {
    for (let n = 0; n < count; n++) {
      const act = { action: "test.act", ...(subjectId && { subjectId }), detail: { n } };
      await kit.audit.append(database.pool, system, act, new Date());
    }
  };
  /** Everything that was written; transactions of other tests on this server hold entries back, too. */
  const seal = () =>
    until("everything is sealed", async () => {
      await work("audit-sealer");
      const { rows } = await database.pool.query("select 1 from app.audit_pending limit 1");
      return rows.length === 0;
    });
  return {
    close,
    write,
    seal,
    /** A day of the trail: entries, seals, a root. */
    day: async (count: number, subjectId?: string): Promise<Root> => {
      await write(count, subjectId);
      await seal();
      await work("audit-root");
      const { rows } = await database.pool.query<Root>(
        `select first_seq::integer as "firstSeq", last_seq::integer as "lastSeq", '0x' || encode(root, 'hex') as root
           from app.audit_roots order by last_seq desc limit 1`,
      );
      return rows[0] as Root;
    },
    anchor: (url = chain.url, anchorKey: Kit["anchorKey"] = KEY) =>
      work("audit-anchor", { ...kit, anchorKey, ask: nodeOf([url], chain.record.chainId) }),
    /** As a worker does that has no key. */
    anchorWithoutKey: () => work("audit-anchor", { ...kit, anchorKey: undefined }),
    /** Without a word of the chain, and with what a node says. */
    found: () => verifyAudit(database.pool, kit.tokenSeed),
    foundFromChain: () => verifyAudit(database.pool, kit.tokenSeed, { urls: [chain.url], deployment: chain.record }),
    onChain: () => chain.view<bigint>("AuditAnchor", "lastSeq").then(Number),
    follow: async () => {
      const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record });
      await catchUp(sync);
    },
    asOwner: (text: string) => asOwner(database.ownerUrl, text),
  };
}

export type Trail = Awaited<ReturnType<typeof trailUnder>>;
