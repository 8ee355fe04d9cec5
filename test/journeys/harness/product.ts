import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startProduct } from "../../../scripts/local/product.ts";

/** Where the product under test is. */
export interface ProductUnderTest {
  url: string;
  rpcUrl: string;
  databaseUrl: string;
  demoUrl: string;
  contracts: Record<string, `0x${string}`>;
  /** Process that follows the chain; serving is another process's work. */
  syncPid: number;
}

declare module "vitest" {
  interface ProvidedContext {
    product: ProductUnderTest;
  }
}

/** Starts the whole product once for all journeys: real database, real chain, real processes, some days of history. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Not below a private folder: the database runs as a user of its own.
  const dir = mkdtempSync(join(import.meta.dirname, "../../../.local-journeys-"));
  const product = await startProduct({
    dir,
    days: 5,
    traffic: false,
    nodes: false,
    apart: true,
    ports: { api: 14_000, chain: 18_545, postgres: 15_432, demo: 14_100, reporter: 14_110 },
    step: async (name, work) => {
      console.log(`journeys: ${name}`);
      return work(() => undefined);
    },
    say: (line) => console.log(`journeys: ${line}`),
  }).catch((error) => {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  const { contracts } = product.record;
  project.provide("product", {
    url: product.url,
    rpcUrl: product.rpcUrl,
    databaseUrl: product.databaseUrl,
    demoUrl: product.demo?.url ?? "",
    contracts: Object.fromEntries(Object.entries(contracts).map(([name, { address }]) => [name, address])),
    syncPid: product.processes.sync.process.pid ?? 0,
  });
  return async () => {
    await product.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
