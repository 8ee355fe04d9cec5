import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { projectionsOf } from "../../src/mirror.ts";
import { MIRROR_VERSION } from "../../src/platform/chain/edition/version.ts";
import { Rpc } from "../../src/platform/chain/rpc.ts";
import type { Blocks, Proof } from "../../src/platform/chain/source.ts";
import { type Step, Sync } from "../../src/platform/chain/sync.ts";
import { chainTables, clearChain, digest } from "../../src/platform/db/tables.ts";
import { freshDatabase } from "./database.ts";

export interface EngineOptions {
  urls: string[];
  record: Deployment;
  finalityDepth?: number;
  version?: string;
  proof?: Proof;
  /** Tells from what is kept, in place of `urls`. */
  kept?: Blocks;
  announcesHistory?: boolean;
}

/** The engine of this process over a test's database. */
export async function engine(pool: Pool, options: EngineOptions) {
  const { urls, record, finalityDepth = 64, proof = "receipts", kept, version = MIRROR_VERSION } = options;
  const { announcesHistory = true } = options;
  const rpc = new Rpc(urls, record.chainId);
  const sync = new Sync({
    pool,
    rpc,
    deployment: record,
    version,
    tables: await chainTables(pool),
    finalityDepth,
    proof,
    projectionsOf,
    kept,
    announcesHistory,
  });
  return { rpc, sync };
}

/** Steps until there is nothing new. @returns the steps that found something. */
export async function catchUp(sync: Sync): Promise<Step[]> {
  const steps: Step[] = [];
  for (;;) {
    const step = await sync.step();
    if (step.kind === "idle" && step.indexed >= step.head) return steps;
    if (step.kind !== "idle") steps.push(step);
  }
}

/** What a database that has never known another chain says. */
export async function freshDigest(server: string, url: string, record: Deployment): Promise<Record<string, string>> {
  const database = await freshDatabase(server);
  try {
    const { sync } = await engine(database.pool, { urls: [url], record, proof: "bloom" });
    await catchUp(sync);
    return await digest(database.pool);
  } finally {
    await database.drop();
  }
}

/** Tells the chain anew in a database that is used again. */
export async function retold(pool: Pool, options: EngineOptions): Promise<Record<string, string>> {
  await clearChain(pool);
  const { sync } = await engine(pool, options);
  await catchUp(sync);
  return digest(pool);
}
