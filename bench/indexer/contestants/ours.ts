import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "../../../indexer/src/platform/db/pool.ts";
import { freshDatabase } from "../../database.ts";
import { databaseOf } from "../connect.ts";
import type { Contestant, Ground } from "./contestant.ts";

const cli = join(import.meta.dirname, "../../../indexer/src/cli.ts");

/** Settings of our follower, as an operator gives them. */
export async function settingsOf(ground: Ground, proof: "receipts" | "bloom"): Promise<Record<string, string>> {
  const { chain, serverUrl, databaseName, folder } = ground;
  const { url } = await freshDatabase(serverUrl, databaseName, "main");
  const recordPath = join(folder, "deployment.json");
  writeFileSync(recordPath, JSON.stringify(chain.record));
  return {
    DATABASE_URL: url,
    RPC_URL: chain.rpcUrl,
    CHAIN_ID: String(chain.record.chainId),
    DEPLOYMENT_FILE: recordPath,
    ROLES: "sync",
    VERIFY_LOGS: proof,
    // As README.md says of a process that only follows.
    NODE_OPTIONS: "--max-semi-space-size=8",
  };
}

/** Where our rows stand; payments of rewards are of several kinds there. */
const ourTable = (name: string) =>
  name === "reward_payments" ? "(select * from chain.reward_payments where kind = 'claim') r" : `chain.${name}`;

async function isAtHead(sql: Sql, { chain }: Ground): Promise<boolean> {
  const { rows } = await sql.query<{ block_number: string }>("select block_number from ops.checkpoint");
  return Number(rows[0]?.block_number ?? -1) >= chain.head;
}

const following = (name: string, says: string, proof: "receipts" | "bloom"): Contestant => ({
  name,
  says,
  prepare: async (ground) => ({
    file: process.execPath,
    args: [...(ground.isProfiled ? ["--cpu-prof", "--cpu-prof-dir", ground.folder] : []), cli, "run"],
    cwd: ground.folder,
    env: await settingsOf(ground, proof),
  }),
  isDone: isAtHead,
  table: ourTable,
});

/** Our follower as it runs by itself: every block's logs are held against its receipts. */
export const ours = following("ours", "all tables, raw logs, undo journal; logs proven by receipts", "receipts");

/** Our follower with the weaker proof, by the filters of the blocks' headers. */
export const oursByBloom = following("ours-bloom", "the same, logs held against the headers' filters", "bloom");

/** Fills a database from the node. */
async function follow(ground: Ground, env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [cli, "run"], { cwd: ground.folder, env, stdio: "ignore" });
  const closed = new Promise((resolve) => child.once("close", resolve));
  const sql = await databaseOf(ground);
  try {
    while (!(await isAtHead(sql, ground))) {
      if (child.exitCode !== null) throw new Error(`the follower ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await sql.end();
    child.kill("SIGTERM");
    await closed;
  }
}

/** Our replay from kept logs: everything told again, without asking a node. */
export const oursReplayed: Contestant = {
  name: "ours-replay",
  says: "all tables told again from the raw logs that are kept",
  prepare: async (ground) => {
    const env = await settingsOf(ground, "receipts");
    await follow(ground, env);
    return { file: process.execPath, args: [cli, "replay", "--from-logs"], cwd: ground.folder, env };
  },
  table: ourTable,
};
