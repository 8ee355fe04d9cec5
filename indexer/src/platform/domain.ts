import type { ContractName, Deployment } from "@tburn/deployments";
import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import type { Actor } from "./access/actor.ts";
import type { AuditTrail } from "./access/audit/trail.ts";
import type { AccessRules, Verb } from "./access/decide.ts";
import type { Door } from "./access/door.ts";
import type { StaffProvider } from "./access/staff-provider.ts";
import type { Verification } from "./access/verification.ts";
import type { ChainEvent } from "./chain/decode.ts";
import type { Store } from "./chain/store.ts";
import type { KeyProvider } from "./crypto/keys/provider.ts";
import type { Seals } from "./crypto/seals.ts";
import type { AskNode } from "./crypto/wallet/signature.ts";
import type { Sql } from "./db/pool.ts";
import type { Places } from "./db/reads/places.ts";
import type { PastFields } from "./graphql/past.ts";
import type { Twin } from "./graphql/twin.ts";
import type { Egress } from "./http/egress/guard.ts";
import type { Operations } from "./http/operation.ts";
import type { JobData, Jobs } from "./jobs.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { PhoneCodes } from "./mail/phones.ts";
import type { Log } from "./telemetry/log.ts";
import type { Clock } from "./time/clock.ts";

/** Turns one event into rows. Deterministic: no clock, no chance, no floating point. */
export type Projection = (event: ChainEvent, store: Store) => Promise<void>;

/** What a domain makes of the chain: contract → event → rows. Several domains may read one event, in floor order. */
export type Projections = Partial<Record<ContractName, Record<string, Projection>>>;

/** What services for people stand on, in requests and in jobs. */
export interface Kit {
  /** Where services write. */
  pool: Pool;
  clock: Clock;
  log: Log;
  /** Seals personal data. */
  seals: Seals;
  /** Makes blind indexes. */
  keys: KeyProvider;
  audit: AuditTrail;
  jobs: Jobs;
  /** Absent where no mail server is named. */
  mailer: Mailer | undefined;
  /** Absent where telephones are not asked for. */
  phones: PhoneCodes | undefined;
  /** What two people decide, of all domains. */
  approvalKinds: ApprovalKinds;
  /** What each domain does to forget a member, in this order. */
  erasers: Eraser[];
  /** File of who was erased; no backup of a database contains it. */
  erasureLedger: string;
  /** Key that anchors roots of the audit trail; without one they wait. */
  anchorKey: `0x${string}` | undefined;
  chainId: number;
  /** Where our contracts are. */
  contracts: Deployment["contracts"];
  verification: Verification;
  /** Absent where the staff sign in by their wallets alone. */
  staffProvider: StaffProvider | undefined;
  /** Origins under which browsers know us; the first one is our name in tokens. */
  origins: string[];
  /** 32 bytes from which keys of this service follow. */
  tokenSeed: Buffer;
  /** Asks a node of the chain; rejects if none answers in three seconds. */
  ask: AskNode;
  /** Asks about wallets that are contracts: the same node, unless a test brings its own. */
  askAboutWallets: AskNode;
  /** Calls addresses that members named; nothing else may. */
  egress: Egress;
}

/** What one of the staff proposes; ids and plain facts only. */
export interface Proposal {
  kind: string;
  subjectId: string;
  detail: Record<string, string | number | boolean | null>;
}

/** A kind of decision that takes two people. */
export interface ApprovalKind {
  /** Who may decide it, beside being another person than the proposer. */
  verb: Verb;
  /** Does what was proposed, in the transaction of the decision; may refuse by throwing. */
  carryOut(sql: Sql, kit: Kit, approval: Proposal & { id: string; proposedBy: string }, actor: Actor): Promise<void>;
  /** Undoes what waited for it, when it is rejected, withdrawn or over. */
  dropped?(sql: Sql, kit: Kit, approval: Proposal & { id: string; proposedBy: string }, actor: Actor): Promise<void>;
}
export type ApprovalKinds = Record<string, ApprovalKind>;

/** Forgets what a domain holds of a member, before its key is destroyed; may be asked again. */
export type Eraser = (sql: Sql, kit: Kit, memberId: string) => Promise<void>;

/** What REST routes stand on. */
export interface RouteKit extends Kit {
  door: Door;
  /** Where what is read alone is read. */
  places: Pick<Places, "open">;
}

/** Work that is done later, by the worker role; it may be given the same job twice. */
export interface Job {
  work(data: JobData, kit: Kit): Promise<void>;
  /** Minutes, hours, days … (cron, UTC) at which it comes by itself, with no data. */
  cron?: string;
}

/** What a domain offers to the application. */
export interface Domain {
  name: string;
  /** Its slice of the API. */
  schema?: string;
  resolvers?: Record<string, object>;
  /** Fields of its slice that are told of past blocks, too. */
  past?: PastFields;
  /** Its slice of the REST API. */
  routes?: (rest: FastifyInstance, kit: RouteKit) => void;
  /** What its routes take and give. */
  operations?: Operations;
  /** Routes that read by queries of the API. */
  twins?: Twin[];
  /** Its queues by name. */
  jobs?: Record<string, Job>;
  /** How it forgets a member. */
  erase?: Eraser;
  /** What it has two people decide, by kind. */
  approvals?: ApprovalKinds;
  /** Whom it lets do and see what. */
  access?: AccessRules;
  /** Forgets what has ended, once an hour. @returns how many rows */
  tidy?: (sql: Sql, clock: Clock) => Promise<number>;
}
