import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const seeExport: Verb = { name: "export.see", may: ["self"] };
export const askExport: Verb = { name: "export.ask", may: ["self"], stepUp: true };
export const fetchExport: Verb = { name: "export.fetch", may: ["self"] };
export const dropExport: Verb = { name: "export.drop", may: ["self"] };

export const access: AccessRules = { verbs: [seeExport, askExport, fetchExport, dropExport] };

/** How long an archive waits to be fetched, and a request to be worked on. */
export const WAIT_MS = 24 * 3_600_000;

/**
 * Text of a cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it (OWASP, CSV
 * injection). Lines end by CR LF (RFC 4180).
 */
function cell(value: unknown): string {
  const text =
    value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : `${value}`;
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows as comma-separated values under `columns`. */
export const csvOf = (columns: readonly string[], rows: readonly Record<string, unknown>[]): string =>
  [columns, ...rows.map((row) => columns.map((name) => row[name]))]
    .map((cells) => `${cells.map(cell).join(",")}\r\n`)
    .join("");
