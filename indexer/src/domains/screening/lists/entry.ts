import { CodedError } from "../../../platform/errors.ts";

export const topics = ["sanction", "pep", "pep_relative"] as const;
export type Topic = (typeof topics)[number];

/** Somebody on a list, whatever format named it. */
export interface ListEntry {
  /** The list's own id. */
  id: string;
  kind: "person" | "organisation" | "other";
  /** As written; the main name first. */
  names: string[];
  /** ISO 8601, as exact as the list knows: `1970`, `1970-03` or `1970-03-01`. */
  birthDates: string[];
  /** ISO 3166-1 alpha-2. */
  countries: string[];
  /** EVM addresses, lower case. */
  wallets: string[];
  topics: Topic[];
}

/** A file is not a list that may come into force; the one in force stays. */
export class ListRefused extends CodedError {}

/** What a file may hold at most: a poisoned one must not fill memory or disk. */
export const bounds = {
  bytes: 4 * 1024 ** 3,
  entries: 500_000,
  /** Characters of one value. */
  field: 20_000,
  /** Values of one kind in one entry. */
  values: 1_000,
} as const;

const unique = (values: string[]) => [
  ...new Set(values.map((value) => value.replace(/\p{Cc}+/gu, " ").trim()).filter(Boolean)),
];

const EVM = /^0x[0-9a-f]{40}$/;

/** An entry in the one form that all formats share. @throws {ListRefused} LIST_TOO_LARGE, LIST_BROKEN */
export function entryOf(draft: ListEntry): ListEntry {
  const names = unique(draft.names);
  const [id, first] = [draft.id.trim(), names[0]];
  if (id === "" || first === undefined) throw new ListRefused("LIST_BROKEN", `an entry has no ${id ? "name" : "id"}`);
  const entry = {
    ...{ id, kind: draft.kind },
    names: [first, ...names.slice(1).sort()],
    birthDates: unique(draft.birthDates).sort(),
    countries: unique(draft.countries).sort(),
    wallets: unique(draft.wallets.map((wallet) => wallet.toLowerCase()))
      .filter((wallet) => EVM.test(wallet))
      .sort(),
    topics: topics.filter((topic) => draft.topics.includes(topic)),
  };
  const lists = [entry.names, entry.birthDates, entry.countries, entry.wallets];
  if (lists.some((values) => values.length > bounds.values || values.some(({ length }) => length > bounds.field))) {
    throw new ListRefused("LIST_TOO_LARGE", `entry ${id.slice(0, 100)} has more or longer values than any real one`);
  }
  return entry;
}
