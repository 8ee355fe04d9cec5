import type { Pool } from "pg";
import { newestBlock, readReport } from "../db/mirror/state.ts";

/** Without a word for so long, the follower is taken to have ended. */
const SILENT_SECONDS = 30;

export interface Health {
  ok: boolean;
  head: number | null;
  indexed: number | null;
  lag: number | null;
  problem: string | null;
}

/** Whether answers can be relied on: the follower works, is not far behind, and commits are heard of. */
export async function healthOf(pool: Pool, mostLag: number, isHearing: boolean): Promise<Health> {
  try {
    const [block, report] = [await newestBlock(pool), await readReport(pool)];
    const lag = report && block ? Math.max(report.head - block.number, 0) : null;
    const silent = report && report.ageSeconds > SILENT_SECONDS;
    const problem =
      report?.problem ??
      (silent ? `the follower has been silent for ${report.ageSeconds} s` : null) ??
      (!block || !report ? "nothing is indexed yet" : null) ??
      (lag !== null && lag > mostLag ? `${lag} blocks behind the head` : null) ??
      (isHearing ? null : "notifications of the database are not heard");
    return { ok: problem === null, head: report?.head ?? null, indexed: block?.number ?? null, lag, problem };
  } catch (error) {
    return { ok: false, head: null, indexed: null, lag: null, problem: `database: ${(error as Error).message}` };
  }
}
