import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { house } from "../house.ts";
import type { Answer, FixtureSites, Job, Verdict } from "./worker.ts";

/** Longest that one mutant may take; whatever takes longer hangs, which tests would notice. */
const HANGS_MS = 240_000;

/** Acts of the differential test against exact fractions, which takes its 600 by itself. */
const ACTS = "150";

/** One worker process at a time, begun anew when a mutant made it hang or fall. */
export class Workshop {
  readonly #fixtures: FixtureSites;
  #worker: ChildProcess | undefined;

  constructor(fixtures: FixtureSites) {
    this.#fixtures = fixtures;
  }

  /** What the worker answers. @throws if it dies or takes longer than `limit` ms. */
  async ask(job: Job, limit: number): Promise<Answer> {
    if (!this.#worker) {
      this.#worker = fork(join(house, "scripts/mutation/running/worker.ts"), {
        cwd: house,
        silent: true,
        env: { ...process.env, TBURN_ACTS: ACTS },
      });
      this.#worker.stderr?.on("data", (chunk: Buffer) => process.stderr.write(chunk));
      this.#worker.stdout?.resume();
      await this.#next(120_000);
      await this.ask({ fixtures: this.#fixtures }, 10_000);
    }
    const answered = this.#next(limit);
    this.#worker.send(job);
    return answered;
  }

  /** Runs the tests of `job` under its mutant. */
  async try(job: Extract<Job, { mutant: number }>): Promise<Verdict> {
    try {
      const answer = await this.ask(job, HANGS_MS);
      const verdict = "verdict" in answer ? answer.verdict : { killed: false };
      // A test that timed out goes on in the background and would disturb the next mutant.
      if (/Timeout of \d+ms/.test(verdict.error ?? "")) this.close();
      return verdict;
    } catch (error) {
      this.close();
      return { killed: true, by: "a worker that hung or fell", error: String(error) };
    }
  }

  close(): void {
    this.#worker?.kill("SIGKILL");
    this.#worker = undefined;
  }

  #next(limit: number): Promise<Answer> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      const done = (act: () => void) => {
        clearTimeout(timer);
        worker?.off("message", heard).off("exit", fell);
        act();
      };
      const heard = (answer: Answer) => done(() => resolve(answer));
      const fell = (code: number | null) => done(() => reject(new Error(`the worker ended with ${code}`)));
      const timer = setTimeout(() => done(() => reject(new Error(`no answer in ${limit / 1000} s`))), limit);
      worker?.once("message", heard).once("exit", fell);
    });
  }
}
