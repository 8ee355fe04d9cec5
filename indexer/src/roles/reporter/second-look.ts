import type { Log } from "../../platform/telemetry/log.ts";
import { type ReporterChain, refusalOf } from "./chain.ts";
import type { Report } from "./report.ts";

interface Agreement {
  confirmations: number;
  /** Unix seconds. */
  reachedAt: number;
}

type Verdict = "waits" | "same" | "different";

/**
 * The second quorum of reports that take more than a fifth of the active validators down at once (protocol §7). Its delay is
 * there so that somebody looks again: the report is built anew from the chain and from the votes that came in meanwhile, and
 * confirmed only if nothing changed.
 */
export class SecondLook {
  readonly #chain: ReporterChain;
  readonly #log: Log;
  readonly #verdicts = new Map<number, Verdict>();

  constructor(chain: ReporterChain, log: Log) {
    this.#chain = chain;
    this.#log = log;
  }

  /**
   * Confirms an agreed report that this reporter has voted for, if it is time, still needed and still right.
   * @param again Builds the report anew.
   */
  async confirm(report: Report, again: () => Promise<Report | undefined>): Promise<void> {
    const { epoch, hash } = report;
    const said = this.#verdicts.get(epoch);
    if (!(await this.#isDue(epoch))) {
      if (!said) this.#log.warn({ epoch, hash }, "report waits for its second quorum");
      this.#verdicts.set(epoch, said ?? "waits");
      return;
    }
    if (said !== "same" && said !== "different") await this.#look(report, await again());
    if (this.#verdicts.get(epoch) !== "same") return;
    await this.#chain.send("PerformanceOracle", "confirmReport", [epoch, hash]).then(
      () => this.#log.warn({ epoch, hash }, "report confirmed"),
      (error: unknown) => {
        // Said before a restart, or waiting for the others.
        if (refusalOf(error) !== "PerformanceOracle_AlreadyConfirmed") throw error;
      },
    );
  }

  /** Forgets epochs that nobody can report any more. */
  forgetBelow(epoch: number): void {
    for (const known of this.#verdicts.keys()) if (known < epoch) this.#verdicts.delete(known);
  }

  async #isDue(epoch: number): Promise<boolean> {
    const [agreement, quorum, delay, now] = await Promise.all([
      this.#chain.read<Agreement>("PerformanceOracle", "reportOf", [epoch]),
      this.#chain.read<bigint>("PerformanceOracle", "quorum"),
      this.#chain.read<number>("PerformanceOracle", "confirmDelay"),
      this.#chain.head().then((head) => this.#chain.timestampOf(head)),
    ]);
    return agreement.confirmations < quorum && now >= agreement.reachedAt + delay;
  }

  async #look({ epoch, hash }: Report, second: Report | undefined): Promise<void> {
    const isSame = second?.hash === hash;
    this.#verdicts.set(epoch, isSame ? "same" : "different");
    if (!isSame)
      this.#log.error({ epoch, hash, found: second?.hash }, "report not confirmed: a second look found something else");
  }
}
