import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compiled } from "./upkeep/compiled.ts";

const root = join(import.meta.dirname, "../..");
const cli = join(root, "indexer/src/cli.ts");

export interface Settings {
  [name: string]: string;
}

export interface RunningIndexer {
  process: ChildProcess;
  /** Resolves with the exit code when the process has ended. */
  ended: Promise<number>;
  /** Last line of its log. */
  lastWords(): string;
  stop(): Promise<void>;
}

/** Starts a process of the indexer (`run` where nothing else is said) whose output goes to the file `log`. */
export function startIndexer(settings: Settings, log: string, ...command: string[]): RunningIndexer {
  const output = openSync(log, "a");
  const child = spawn(process.execPath, [cli, ...(command.length > 0 ? command : ["run"])], {
    cwd: root,
    env: { ...compiled, ...settings },
    stdio: ["ignore", output, output],
    // Ctrl-C reaches the whole group of a terminal; this one is stopped in its turn.
    detached: process.platform !== "win32",
  });
  closeSync(output);
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  return {
    process: child,
    ended,
    lastWords: () => readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "",
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
