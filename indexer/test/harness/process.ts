import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { compiled } from "../../../scripts/local/upkeep/compiled.ts";
import type { TestChain } from "./chain.ts";

const cli = join(import.meta.dirname, "../../src/cli.ts");

export interface Run {
  process: ChildProcess;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string>;
  output(): string;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a real process of the indexer. */
export function start(settings: Record<string, string>, command: string | string[] = "run"): Run {
  const child = spawn(process.execPath, [cli, ...[command].flat()], {
    env: { ...compiled, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown")),
  );
  return {
    process: child,
    ended,
    output: () => output,
    kill: async (signal = "SIGKILL") => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Settings of a follower of a test's chain. */
export const settings = (chain: TestChain, databaseUrl: string, recordPath: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  RPC_URL: chain.url,
  RPC_WS_URL: chain.wsUrl,
  CHAIN_ID: String(chain.record.chainId),
  DEPLOYMENT_FILE: recordPath,
  ROLES: "sync",
  POLL_MS: "100",
});
