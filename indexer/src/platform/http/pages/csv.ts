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

/** One line of comma-separated values, with its end. */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(cell).join(",")}\r\n`;

/** Rows as comma-separated values under `columns`. */
export const csvOf = (columns: readonly string[], rows: readonly Record<string, unknown>[]): string =>
  [columns, ...rows.map((row) => columns.map((name) => row[name]))].map(csvLine).join("");
