import type { ContractName } from "@tburn/deployments";
import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import type { ChainEvent } from "./chain/decode.ts";
import type { Store } from "./chain/store.ts";
import type { Clock } from "./clock.ts";
import type { Sql } from "./db/pool.ts";

/** Turns one event into rows. Deterministic: no clock, no chance, no floating point. */
export type Projection = (event: ChainEvent, store: Store) => Promise<void>;

/** What a domain makes of the chain: contract → event → rows. Several domains may read one event, in floor order. */
export type Projections = Partial<Record<ContractName, Record<string, Projection>>>;

/** What a domain's REST routes stand on. */
export interface Kit {
  /** Where services write. */
  pool: Pool;
  clock: Clock;
  chainId: number;
  /** Origins under which browsers know us; the first one is our name in tokens. */
  origins: string[];
  /** 32 bytes from which keys of this service follow. */
  tokenSeed: Buffer;
  /** Asks a node of the chain; rejects if none answers in three seconds. */
  ask(method: string, params: unknown[]): Promise<unknown>;
}

/** What a domain offers to the application. */
export interface Domain {
  name: string;
  projections?: Projections;
  /** What it makes of every event, after all others. */
  everyEvent?: Projection;
  /** Its slice of the API. */
  schema?: string;
  resolvers?: Record<string, object>;
  /** Its slice of the REST API. */
  routes?: (rest: FastifyInstance, kit: Kit) => void;
  /** Forgets what has ended, once an hour. @returns how many rows */
  tidy?: (sql: Sql, clock: Clock) => Promise<number>;
}
