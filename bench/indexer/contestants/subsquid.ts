import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Contestant } from "./contestant.ts";
import { layOut } from "./peer.ts";
import { bareEnvironment } from "./ponder.ts";

/** As its project's `setFinalityConfirmation` says. */
const FINALITY = 30;

export const subsquid: Contestant = {
  name: "subsquid",
  says: "Subsquid evm-processor 1.27.3 over RPC, typeorm-store 1.9.2 with typeorm-config 4.1.1, no hot blocks",
  prepare: async (ground) => {
    const { folder, settings } = await layOut("subsquid", ground, console.error);
    const env = { ...bareEnvironment, DB_URL: settings.databaseUrl };
    await promisify(execFile)(process.execPath, ["lib/setup.js"], { cwd: folder, env });
    return { file: process.execPath, args: ["lib/main.js"], cwd: folder, env };
  },
  // Its process stays, and leaves what it does not call final: nothing but the quiet blocks at the chain's end.
  isDone: async (sql, { chain }) => {
    const { rows } = await sql.query<{ height: number }>("select height from squid_processor.status");
    return (rows[0]?.height ?? -1) >= chain.head - FINALITY;
  },
  table: (name) => `public.${name}`,
};
