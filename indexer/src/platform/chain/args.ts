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

/** A value as JSON can hold it: whole numbers as strings; structs and lists keep their form. */
export function plain(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

/** An event's arguments as JSON can hold them, structs and lists too: whole numbers as strings. */
export const plainArgs = (event: ChainEvent) => plain(event.args) as Record<string, unknown>;

/** Name of a contract's enum value, by its number. @throws {RangeError} for a number that the contract does not have. */
export function enumName<Name>(names: readonly Name[], number: number): Name {
  const name = names[number];
  if (name === undefined) throw new RangeError(`no name for ${number} among ${names.join(", ")}`);
  return name;
}
