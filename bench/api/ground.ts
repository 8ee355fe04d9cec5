import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type BenchChain, buildChain } from "../chain/build.ts";
import type { Ground } from "../indexer/contestants/contestant.ts";
import { onServer } from "../stage.ts";
import { killAll } from "./servers/running.ts";

const root = join(import.meta.dirname, "../../.local/bench");

export const say = (line: string) => console.error(`  ${line}`);

/** A chain full of events beside an empty PostgreSQL. */
export interface Yard {
  chain: BenchChain;
  serverUrl: string;
  postgresPid: number;
  folder: string;
  /** What a contestant called `name` gets. */
  groundOf(name: string): Ground;
  /** Connects to a contestant's database as its owner. */
  connect(name: string): Promise<pg.Client>;
}

async function connectTo(serverUrl: string, database: string): Promise<pg.Client> {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  // What breaks it, its next statement tells.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Builds a chain, starts PostgreSQL, and takes all away when `work` is done, or somebody stops the bench. */
export async function onYard<T>(
  bench: string,
  events: number,
  work: (yard: Yard) => Promise<T>,
  perBlock?: number,
): Promise<T> {
  const started: number[] = [];
  // Node and database are in groups of their own: whoever stops the bench would leave them.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      killAll();
      for (const pid of started) process.kill(pid, "SIGINT");
      process.exit(130);
    });
  }
  const folder = join(root, `${bench}-${events}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say("building the chain");
  const chain = await buildChain(events, say, { perBlock });
  started.push(chain.pid);
  try {
    return await onServer(async (serverUrl, postgresPid) => {
      started.push(postgresPid);
      const groundOf = (name: string): Ground => {
        const own = join(folder, name);
        mkdirSync(own, { recursive: true });
        return { chain, serverUrl, databaseName: `bench_${name}`, folder: own };
      };
      const connect = (name: string) => connectTo(serverUrl, `bench_${name}`);
      return work({ chain, serverUrl, postgresPid, folder, groundOf, connect });
    });
  } finally {
    killAll();
    await chain.stop();
  }
}

/** Whether our mirror has got to the chain's newest block. @param connect To its database. */
export function reached(chain: BenchChain, connect: () => Promise<pg.Client>): () => Promise<boolean> {
  let sql: Promise<pg.Client> | undefined;
  return async () => {
    sql ??= connect();
    const client = await sql;
    const { rows } = await client.query<{ at: string }>("select block_number as at from ops.checkpoint");
    const isThere = Number(rows[0]?.at ?? -1) >= chain.head;
    if (isThere) await client.end();
    return isThere;
  };
}
