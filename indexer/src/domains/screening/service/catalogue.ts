import type { Sql } from "../../../platform/db/pool.ts";
import { CodedError } from "../../../platform/errors.ts";
import type { Topic } from "../lists/entry.ts";
import { entriesAfter, type Version } from "../repository/versions.ts";
import { type Comparable, comparableNames } from "../rules.ts";

/** An entry in the form that people are compared with. */
export interface Listed extends Comparable {
  list: string;
  entryId: string;
  /** Hex; changes when the list says something else. */
  digest: string;
  caption: string;
  topics: Topic[];
  isChanged: boolean;
}

const PAGE = 2_000;

/** A version was replaced while it was read: what was read of it says nothing. */
class ListReplaced extends CodedError {
  constructor() {
    super("LIST_REPLACED", "a list was replaced while it was read; try again");
  }
}

async function read(sql: Sql, { id, list, entryCount }: Version): Promise<Listed[]> {
  const all: Listed[] = [];
  for (let after = ""; ; ) {
    const page = await entriesAfter(sql, id, after, PAGE);
    for (const { entry, digest, isChanged } of page) {
      const { names, birthDates, countries, topics } = entry;
      const about = { list, entryId: entry.id, digest: digest.toString("hex"), caption: names[0] ?? "", topics };
      all.push({ ...about, names: comparableNames(names), birthDates, countries, isChanged });
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.entry.id ?? "";
  }
  // Danger: half a list would lapse hits that the whole one supports.
  if (all.length !== entryCount) throw new ListReplaced();
  return all;
}

/** Lists in memory, by version: a version never changes once it is in force. Public data, so that it may stay there. */
const held = new Map<string, Promise<Listed[]>>();

/** Entries of the versions in force. Versions that count no more are let go. */
export async function catalogue(sql: Sql, versions: Version[]): Promise<Listed[]> {
  for (const id of held.keys()) if (versions.every((version) => version.id !== id)) held.delete(id);
  const parts = versions.map((version) => {
    const known = held.get(version.id) ?? read(sql, version);
    held.set(version.id, known);
    // One that could not be read is read anew the next time.
    known.catch(() => held.delete(version.id));
    return known;
  });
  return (await Promise.all(parts)).flat();
}
