import type { Hex } from "viem";
import type { Sql } from "../../platform/db/pool.ts";
import type { Log } from "../../platform/telemetry/log.ts";
import { type ReporterChain, refusalOf } from "./chain.ts";
import { reportOf, stretchOf } from "./epochs.ts";
import { REPORT_VERSION, type Report } from "./report.ts";
import { SecondLook } from "./second-look.ts";

/** States of a report on chain (`IPerformanceOracle.ReportState`). */
const AGREED = 2;
const PROCESSING = 3;
const PROCESSED = 4;
/** Epochs back that the oracle still takes. */
const MOST_EPOCHS = 6;

interface OnChain {
  state: number;
  hash: Hex;
}

/** Rounds for which an epoch that could not be read is left alone, at first and at most. */
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 160;

/** Votes for the reports of ended epochs, reveals what the quorum agreed on, and confirms what asks for a second quorum. */
export class Reporting {
  readonly #chain: ReporterChain;
  readonly #sql: Sql;
  readonly #log: Log;
  readonly #finality: bigint;
  readonly #secondLook: SecondLook;
  readonly #built = new Map<number, Report>();
  /** Epochs that could not be read: after how many rounds each is tried again, and how many remain. */
  readonly #unreadable = new Map<number, { pause: number; left: number }>();

  constructor(chain: ReporterChain, sql: Sql, log: Log, finalityDepth: number) {
    this.#chain = chain;
    this.#sql = sql;
    this.#log = log;
    this.#finality = BigInt(finalityDepth);
    this.#secondLook = new SecondLook(chain, log);
  }

  /** Does what the ended epochs ask for, the oldest first. @returns the newest epoch that is processed */
  async step(): Promise<number> {
    const [seconds, last, head] = await Promise.all([
      this.#chain.read<{ epoch: number }>("StakingCore", "windows").then(({ epoch }) => Number(epoch)),
      this.#chain.read<number>("PerformanceOracle", "lastProcessedEpoch"),
      this.#chain.head(),
    ]);
    const final = head > this.#finality ? head - this.#finality : 0n;
    const current = Math.floor((await this.#chain.timestampOf(final)) / seconds);
    const first = Math.max(last + 1, current - MOST_EPOCHS);
    let processed = last;
    for (let epoch = first; epoch < current; epoch++) {
      if (this.#rests(epoch) && epoch < current - 1) continue;
      const report = await this.#reportOf(epoch, seconds, final).catch((error: Error) => {
        this.#log.warn({ epoch, problem: error.message.split("\n")[0] }, "epoch cannot be reported now");
        this.#postpone(epoch);
        return undefined;
      });
      if (!report) continue;
      // A report that waits for its second quorum, or that another reveals meanwhile, must not hold up those after it.
      const isProcessed = await this.#bringIn(report, () => this.#build(epoch, seconds, final)).catch(
        (error: Error) => {
          this.#log.warn({ epoch, problem: error.message.split("\n").slice(0, 3).join(" ") }, "epoch waits");
          return false;
        },
      );
      if (isProcessed) processed = epoch;
    }
    for (const epoch of this.#built.keys()) if (epoch <= processed) this.#built.delete(epoch);
    for (const epoch of this.#unreadable.keys()) if (epoch < first) this.#unreadable.delete(epoch);
    this.#secondLook.forgetBelow(first);
    return processed;
  }

  /** Whether an epoch that could not be read is left alone in this round. */
  #rests(epoch: number): boolean {
    const found = this.#unreadable.get(epoch);
    return found !== undefined && found.left-- > 0;
  }

  /**
   * A node that was away for a moment can tell later, one that has pruned the epoch's state never can: the pauses grow, and
   * the epochs after it do not wait.
   */
  #postpone(epoch: number): void {
    const pause = Math.min(2 * (this.#unreadable.get(epoch)?.pause ?? FIRST_PAUSE / 2), LONGEST_PAUSE);
    this.#unreadable.set(epoch, { pause, left: pause });
  }

  async #reportOf(epoch: number, seconds: number, final: bigint): Promise<Report | undefined> {
    const known = this.#built.get(epoch);
    if (known) return known;
    const report = await this.#build(epoch, seconds, final);
    if (report) this.#built.set(epoch, report);
    return report;
  }

  async #build(epoch: number, seconds: number, final: bigint): Promise<Report | undefined> {
    const blocks = await stretchOf(this.#chain, epoch, seconds, final);
    return blocks && reportOf(this.#chain, this.#sql, epoch, blocks);
  }

  /**
   * @param again Builds the report anew.
   * @returns whether the epoch is processed now
   */
  async #bringIn(report: Report, again: () => Promise<Report | undefined>): Promise<boolean> {
    const { epoch, hash } = report;
    const mine = await this.#chain.read<Hex>("PerformanceOracle", "voteOf", [epoch, this.#chain.account.address]);
    if (mine !== hash) {
      await this.#chain.send("PerformanceOracle", "submitReport", [epoch, hash, REPORT_VERSION]);
      this.#log.info({ epoch, hash, items: report.header.count }, "report submitted");
    }
    const onChain = await this.#chain.read<OnChain>("PerformanceOracle", "reportOf", [epoch]);
    // Others agreed on something else: only who built that can reveal it.
    if (onChain.hash !== hash) return onChain.state === PROCESSED;
    if (onChain.state === AGREED)
      await this.#chain.send("PerformanceOracle", "submitHeader", [
        epoch,
        REPORT_VERSION,
        report.header,
        report.firstPageHash,
      ]);
    if (onChain.state !== AGREED && onChain.state !== PROCESSING) return true;
    return this.#reveal(report).then(
      () => true,
      async (error: unknown) => {
        if (refusalOf(error) !== "PerformanceOracle_NeedsConfirmation") throw error;
        await this.#secondLook.confirm(report, again);
        return false;
      },
    );
  }

  async #reveal(report: Report): Promise<void> {
    const { seen } = await this.#chain.read<{ seen: number }>("PerformanceOracle", "progress");
    let read = 0;
    for (const { items, nextHash } of report.pages) {
      if (read >= seen) await this.#chain.send("PerformanceOracle", "submitData", [report.epoch, items, nextHash]);
      read += items.length;
    }
    this.#log.info({ epoch: report.epoch }, "report processed");
  }
}
