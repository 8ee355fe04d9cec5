import { createHash } from "node:crypto";
import type { BlockHead, RawLog } from "../../chain/blocks.ts";
import type { Origin } from "../checkpoint.ts";
import type { Row, Table } from "../tables.ts";

/** A row as a block leaves it. */
export interface Written {
  table: Table;
  row: Row;
}

/** JSON with keys in one order: PostgreSQL keeps them in another than they were written in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  let [text, separator] = ["{", ""];
  const object = value as Record<string, unknown>;
  for (const name of Object.keys(object).sort()) {
    if (object[name] === undefined) continue;
    text += `${separator}${JSON.stringify(name)}:${canonical(object[name])}`;
    separator = ",";
  }
  return `${text}}`;
}

/** A value that reads alike whether it was just made or comes from the database. */
function word(value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "string") return `${value.length}:${value}`;
  const text = typeof value === "object" ? canonical(value) : String(value);
  return `${text.length}:${text}`;
}

/** Where digests begin: before the first block of these contracts. */
export const firstDigest = ({ chainId, contracts }: Origin): Buffer =>
  createHash("sha256").update(`${chainId} ${contracts}`).digest();

/**
 * Digest of a block: of the one before it, its head, its logs, and the rows that it changed, in the order in which they
 * were changed first. Equal code over equal chains gives equal digests, wherever the batches began and ended.
 */
export function nextDigest(before: Buffer, head: BlockHead, logs: RawLog[], rows: Iterable<Written>): Buffer {
  // One text for each block: a call into the hash costs more than its bytes.
  let text = `${head.number} ${head.hash} ${head.parentHash} ${head.timestamp}\n`;
  for (const log of logs)
    text += `${log.logIndex} ${log.transactionHash} ${log.address} ${log.topics.join()} ${log.data}\n`;
  for (const { table, row } of rows) {
    text += table.name;
    for (const column of table.columns) text += ` ${word(row[column])}`;
    text += "\n";
  }
  return createHash("sha256").update(before).update(text).digest();
}
