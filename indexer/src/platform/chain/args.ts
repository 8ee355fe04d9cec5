import type { Row } from "../db/tables.ts";
import type { ChainEvent } from "./decode.ts";

/** A whole number of an event: token amounts, shares, ids. */
export const amount = (event: ChainEvent, name: string): bigint => BigInt(event.args[name] as bigint | number | string);

/** A small number of an event: ids below 2^53, seconds, basis points, enum values. */
export const count = (event: ChainEvent, name: string): number => Number(event.args[name]);

/** A text of an event: names, hashes and addresses, the latter two in lower case. */
export const text = (event: ChainEvent, name: string): string => String(event.args[name]);

/** A whole number of a row. */
export const big = (row: Row, name: string): bigint => BigInt((row[name] ?? 0) as string | number | bigint);

/** An event's arguments as JSON can hold them: whole numbers as strings. */
export const plainArgs = (event: ChainEvent): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(event.args).map(([name, value]) => [
      name,
      typeof value === "bigint" || typeof value === "number" ? String(value) : value,
    ]),
  );
