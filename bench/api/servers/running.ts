import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Start } from "../../indexer/contestants/contestant.ts";

const KILL_MS = 10_000;
const LIMIT_MS = 3 * 3_600_000;
const LOOK_MS = 200;

/** Processes of the bench that are alive, to be ended with it. */
const alive = new Set<ChildProcess>();

/** Ends what is alive; for whoever stops the bench. */
export function killAll(): void {
  for (const child of alive) child.kill("SIGKILL");
}

/** A process that the bench has started; what it says stands in `output.log` of its folder. */
export class Running {
  readonly #name: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(name: string, { file, args, cwd, env }: Start, folder: string) {
    this.#name = name;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    alive.add(this.#child);
    const log = createWriteStream(join(folder, "output.log"), { flags: "a" });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.pipe(log, { end: false });
    this.#ended = new Promise((resolve) => {
      this.#child.once("close", () => {
        alive.delete(this.#child);
        log.end();
        resolve();
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits for something that the process brings about. @throws if it ends before, or after three hours */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const began = performance.now();
    while (!(await isSo().catch(() => false))) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`${this.#name} ended before ${what}; see ${this.#folder}/output.log`);
      }
      if (performance.now() - began > LIMIT_MS) throw new Error(`${this.#name}: ${what} never came`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    const patience = setTimeout(() => this.#child.kill("SIGKILL"), KILL_MS);
    await this.#ended;
    clearTimeout(patience);
  }
}
