import { csvLine } from "../../platform/http/pages/csv.ts";
import { Problem } from "../../platform/http/problem.ts";

/** What can be exported: tables of the chain as they stand at a block. */
export const names = [
  "validators",
  "delegations",
  "exits",
  "rewards",
  "credits",
  "proposals",
  "votes",
  "slashes",
  "commissions",
] as const;
export type ExportName = (typeof names)[number];

export const formats = ["csv", "jsonl"] as const;
export type Format = (typeof formats)[number];

/** Media types: RFC 4180, and JSON values in lines. */
export const mediaTypes: Record<Format, string> = {
  csv: "text/csv; charset=utf-8; header=present",
  jsonl: "application/jsonl; charset=utf-8",
};

/** Rows that are read at once. */
export const FETCH = 500;
/** Exports that one process makes at the same time; each holds a connection of the database. */
export const MOST_AT_ONCE = 3;
/** The longest that an export may last, however slowly it is read. */
export const MOST_MS = 10 * 60_000;
/** A reader that takes nothing for so long has left. */
export const IDLE_MS = 60_000;
/** Of one member, or of one address. */
export const RATE = { requests: 20, seconds: 600 };
/** How long the digest of a finished export is told. */
export const DIGEST_MS = 30 * 86_400_000;

/** First line of a file; JSON lines have none. */
export const heading = (format: Format, columns: readonly string[]): string =>
  format === "csv" ? csvLine(columns) : "";

/** A row as a line. Wide numbers are texts in JSON: as numbers they would lose digits. */
export const lineOf = (format: Format, columns: readonly string[], row: Record<string, unknown>): string =>
  format === "csv" ? csvLine(columns.map((name) => row[name])) : `${JSON.stringify(row)}\n`;

/** Begins so many works at once, and refuses more. */
export class Gate {
  readonly #most: number;
  #inside = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns what gives the place back, once. @throws {Problem} 503 EXPORTS_BUSY */
  enter(): () => void {
    if (this.#inside >= this.#most) {
      const headers = { "retry-after": "30" };
      throw new Problem(503, "EXPORTS_BUSY", "others are exporting; try again in 30 s", { headers });
    }
    this.#inside++;
    let isIn = true;
    return () => {
      if (isIn) this.#inside--;
      isIn = false;
    };
  }
}
