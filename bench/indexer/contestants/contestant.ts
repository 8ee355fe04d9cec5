import type { Sql } from "../../../indexer/src/platform/db/pool.ts";
import type { BenchChain } from "../../chain/build.ts";

/** What a contestant is given: an empty database, a chain, and a folder of its own. */
export interface Ground {
  chain: Pick<BenchChain, "rpcUrl" | "wsUrl" | "record" | "head">;
  /** Address of the server; its database is named below. */
  serverUrl: string;
  databaseName: string;
  folder: string;
  /** Has Node write a CPU profile into the folder, where the contestant is ours. */
  isProfiled?: boolean;
}

/** A process to be measured. */
interface Start {
  file: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

/** Who takes part in a race from the first block to the last. */
export interface Contestant {
  name: string;
  /** What its figures stand for. */
  says: string;
  /** Makes its database and whatever it needs; not measured. */
  prepare(ground: Ground): Promise<Start>;
  /** Whether all rows up to the last block stand. Absent: when its process ends. */
  isDone?(sql: Sql, ground: Ground): Promise<boolean>;
  /** Its table, and its column, by our names. */
  table(name: string): string;
  column?(name: string): string;
}
