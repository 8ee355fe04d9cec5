import type { Figures } from "../figures.ts";

/** What was measured of a server and a question. */
export interface Row extends Figures {
  server: string;
  question: string;
  serverCpuSeconds: number;
  postgresCpuSeconds: number;
  loadCpuSeconds: number;
}

const peers = new Set(["ponder", "postgraphile"]);
const rounded = (value: number) => Number(value.toFixed(2));

/** Requests a second of each of ours against the best peer's, and whether the slowest hundredth waits less. */
export function ratiosOf(rows: Row[]) {
  return rows
    .filter(({ server }) => !peers.has(server))
    .flatMap((row) => {
      const others = rows.filter(({ server, question }) => peers.has(server) && question === row.question);
      const best = others.toSorted((one, other) => other.perSecond - one.perSecond)[0];
      if (!best) return [];
      const { server, question } = row;
      const ratio = rounded(row.perSecond / best.perSecond);
      return [{ server, question, bestPeer: best.server, ratio, isP99Lower: row.p99Ms < best.p99Ms }];
    });
}

/** Rows as a table of Markdown. */
export function tableOf(rows: Row[]): string {
  const head = ["server", "question", "requests/s", "p50 ms", "p99 ms", "failed", "server CPU s", "PostgreSQL CPU s"];
  const lines = rows.map((row) => [
    ...[row.server, row.question, row.perSecond, row.p50Ms, row.p99Ms, row.failed],
    ...[row.serverCpuSeconds, row.postgresCpuSeconds],
  ]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
