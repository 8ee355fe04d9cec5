import type { ContractName } from "@tburn/deployments";
import type { ChainEvent } from "./chain/decode.ts";
import type { Store } from "./chain/store.ts";

/** Turns one event into rows. Deterministic: no clock, no chance, no floating point. */
export type Projection = (event: ChainEvent, store: Store) => Promise<void>;

/** What a domain makes of the chain: contract → event → rows. Several domains may read one event, in floor order. */
export type Projections = Partial<Record<ContractName, Record<string, Projection>>>;

/** What a domain offers to the application. */
export interface Domain {
  name: string;
  projections?: Projections;
  /** What it makes of every event, after all others. */
  everyEvent?: Projection;
  /** Its slice of the API. */
  schema?: string;
  resolvers?: Record<string, object>;
}
