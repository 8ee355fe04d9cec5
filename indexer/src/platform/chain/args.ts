import type { ChainEvent } from "./decode.ts";
import type { Row } from "./store.ts";

/** A whole number of an event: token amounts, shares, ids. */
export const amount = (event: ChainEvent, name: string): bigint => BigInt(event.args[name] as bigint | number | string);

/** A small number of an event: ids below 2^53, seconds, basis points, enum values. */
export const count = (event: ChainEvent, name: string): number => Number(event.args[name]);

/** A text of an event: names, hashes and addresses, the latter two in lower case. */
export function text(event: ChainEvent, name: string): string {
  const value = String(event.args[name]);
  return value.startsWith("0x") ? value.toLowerCase() : value;
}

/** A whole number of a row. */
export const big = (row: Row, name: string): bigint => BigInt((row[name] ?? 0) as string | number);
