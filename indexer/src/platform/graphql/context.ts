import type { Pool } from "pg";
import type { SyncState } from "../chain/state.ts";
import type { BlockStamp } from "./connection.ts";

/** What a resolver may use. Loaders live as long as one request. */
export interface Context {
  read: Pool;
  chainId: number;
  finalityDepth: number;
  sync: SyncState | undefined;
  /** The block that this answer stands for. */
  asOfBlock(): Promise<BlockStamp | null>;
  /** One loader per key and request, made on first use. */
  once<T>(key: string, make: () => T): T;
}
