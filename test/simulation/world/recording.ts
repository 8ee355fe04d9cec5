import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@tburn/deployments";
import type { Hex } from "../../../indexer/src/platform/chain/rpc.ts";
import { startTestChain, type TestChain } from "../../../indexer/test/harness/chain.ts";
import { sequence, traffic } from "../../../indexer/test/harness/traffic.ts";

const root = join(import.meta.dirname, "../../..");

interface Log {
  address: Hex;
  topics: Hex[];
  data: Hex;
}

/** A transaction as a real node mined it, wherever it will be mined again. */
export interface Transaction {
  hash: Hex;
  type: Hex;
  status: Hex;
  gasUsed: number;
  /** Unix seconds of the block that it was mined in. */
  time: number;
  logs: Log[];
}

/** What our contracts really said, without the blocks that it was said in. */
export interface Recording {
  deployment: Deployment;
  /** Names these bytes: a seed repeats a schedule over the same recording only. */
  digest: string;
  /** How many transactions, from the first, set the scene; all paths have them. */
  setting: number;
  /** Histories that part from each other at some transaction; each is true to the contracts. */
  paths: Transaction[][];
}

const TRUNK = 80;
/** Where other histories leave the trunk, latest first: taking a node back forgets what it knew of later. */
const PARTINGS = [66, 44, 22, 6];
const BRANCH = 24;

interface NodeReceipt extends Omit<Transaction, "hash" | "gasUsed" | "time"> {
  transactionHash: Hex;
  gasUsed: Hex;
}

async function minedSince(chain: TestChain, above: number): Promise<Transaction[]> {
  const found: Transaction[] = [];
  for (let number = above + 1; number <= (await chain.height()); number++) {
    const at = `0x${number.toString(16)}`;
    const block = await chain.rpc<{ timestamp: Hex }>("eth_getBlockByNumber", [at, false]);
    const receipts = await chain.rpc<NodeReceipt[]>("eth_getBlockReceipts", [at]);
    for (const { transactionHash, type, status, gasUsed, logs } of receipts) {
      const said = logs.map(({ address, topics, data }) => ({ address, topics, data }));
      const time = Number(block.timestamp);
      found.push({ hash: transactionHash, type, status, gasUsed: Number(gasUsed), time, logs: said });
    }
  }
  return found;
}

async function record(chain: TestChain, digest: string): Promise<Recording> {
  const setting = await minedSince(chain, -1);
  const random = sequence(71);
  const trunk: Transaction[] = [];
  const partings: { at: number; snapshot: string }[] = [];
  for (const at of [...PARTINGS.toReversed(), TRUNK]) {
    const height = await chain.height();
    await traffic(chain, random, at - (partings.at(-1)?.at ?? 0));
    trunk.push(...(await minedSince(chain, height)));
    partings.push({ at, snapshot: await chain.rpc<string>("evm_snapshot") });
  }
  const paths = [[...setting, ...trunk]];
  for (const { snapshot } of partings.slice(0, -1).toReversed()) {
    await chain.rpc("evm_revert", [snapshot]);
    const height = await chain.height();
    const before = await minedSince(chain, -1);
    await traffic(chain, random, BRANCH);
    paths.push([...before, ...(await minedSince(chain, height))]);
  }
  return { deployment: chain.record, digest, setting: setting.length, paths };
}

function digestOfSources(): string {
  const digest = createHash("sha256");
  const sources = ["contracts/**/*.sol", "scripts/deploy/**/*.ts", "indexer/test/harness/{chain,traffic}.ts"];
  for (const file of [...globSync(sources, { cwd: root }).sort(), "test/simulation/world/recording.ts"]) {
    digest.update(file).update(readFileSync(join(root, file)));
  }
  return digest.digest("hex").slice(0, 12);
}

/** The recording of these sources: kept in `cache`, taken from a real chain where there is none (half a minute). */
export async function recording(say: (line: string) => void): Promise<Recording> {
  const digest = digestOfSources();
  const path = join(root, "cache/simulation", `${digest}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Recording;
  say("recording the contracts' logs from a local chain");
  const chain = await startTestChain();
  try {
    const made = await record(chain, digest);
    mkdirSync(join(root, "cache/simulation"), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(made));
    renameSync(`${path}.${process.pid}`, path);
    return made;
  } finally {
    await chain.stop();
  }
}
