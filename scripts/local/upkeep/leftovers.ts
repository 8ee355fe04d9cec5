import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { endProcess, isRunning } from "./processes.ts";

interface Entry {
  pid: number;
  program: string;
}

/** Remembers started processes in a file, so that a start after a `kill -9` finds what was left running. */
export class Leftovers {
  readonly #path: string;
  #entries: Entry[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  remember(pid: number | undefined, program: string): void {
    if (pid === undefined) return;
    this.#entries.push({ pid, program });
    writeFileSync(this.#path, JSON.stringify(this.#entries));
  }

  /** Ends what an earlier start left behind, the last one first. @returns how many processes that were. */
  async end(): Promise<number> {
    if (!existsSync(this.#path)) return 0;
    const found = JSON.parse(readFileSync(this.#path, "utf8")) as Entry[];
    const alive = found.filter(({ pid, program }) => isRunning(pid, program));
    for (const { pid, program } of alive.reverse()) await endProcess(pid, program, "SIGINT");
    this.forget();
    return alive.length;
  }

  /** All remembered processes have ended. */
  forget(): void {
    this.#entries = [];
    rmSync(this.#path, { force: true });
  }
}
