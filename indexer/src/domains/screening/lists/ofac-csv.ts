import { countriesOf } from "../data/countries.ts";
import { writtenDate } from "./dates.ts";
import { entryOf, type ListEntry, ListRefused } from "./entry.ts";
import { rowsOf } from "./rows.ts";

/** What the Treasury writes where it knows nothing. */
const known = (value: string | undefined) => {
  const text = (value ?? "").trim();
  return text === "-0-" ? "" : text;
};

const kinds: Record<string, ListEntry["kind"]> = { individual: "person", "": "organisation" };

/** Remarks say what has no column: `DOB 01 Mar 1970; nationality Korea, North; Digital Currency Address - ETH 0x…;`. */
function remarked(remarks: string): Pick<ListEntry, "birthDates" | "countries" | "wallets"> {
  const said = remarks
    .replace(/\.\s*$/, "")
    .split(";")
    .map((part) => part.trim().replace(/^alt\. /, ""));
  const after = (start: RegExp) => said.filter((part) => start.test(part)).map((part) => part.replace(start, ""));
  return {
    birthDates: after(/^DOB /).flatMap((text) => writtenDate(text) ?? []),
    countries: countriesOf(after(/^(?:nationality|citizen) /)),
    wallets: after(/^Digital Currency Address - [A-Z0-9]+ /),
  };
}

/** Values of one column by the entry that they belong to. */
async function byEntry(rows: AsyncIterable<string[]>, column: number): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const row of rows) {
    const id = known(row[0]);
    const value = known(row[column]);
    if (value !== "") found.set(id, [...(found.get(id) ?? []), value]);
  }
  return found;
}

interface Files {
  /** SDN.CSV: id, name, type, program, title, call sign, vessel's type, tonnage, GRT, flag, owner, remarks. */
  sdn: AsyncIterable<Buffer>;
  /** ALT.CSV: id, number, kind, name, remarks. */
  alt: AsyncIterable<Buffer>;
  /** ADD.CSV: id, number, street, city, country, remarks. */
  add: AsyncIterable<Buffer>;
}

const COLUMNS = 12;

/**
 * Entries of OFAC's SDN list in its three CSV files. Remarks are cut off after 1000 characters by the Treasury itself: the
 * advanced XML knows more.
 * @see https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas
 */
export async function* ofacCsv({ sdn, alt, add }: Files): AsyncGenerator<ListEntry> {
  const aliases = await byEntry(rowsOf(alt), 3);
  const countries = await byEntry(rowsOf(add), 4);
  for await (const row of rowsOf(sdn)) {
    if (row.length !== COLUMNS)
      throw new ListRefused("LIST_BROKEN", `SDN.CSV has ${row.length} columns, not ${COLUMNS}`);
    const [id, name, type] = [known(row[0]), known(row[1]), known(row[2])];
    const about = remarked(known(row[11]));
    yield entryOf({
      ...{ id, kind: kinds[type] ?? "other", names: [name, ...(aliases.get(id) ?? [])] },
      ...{ birthDates: about.birthDates, wallets: about.wallets },
      countries: [...about.countries, ...countriesOf(countries.get(id) ?? [])],
      topics: ["sanction"],
    });
  }
}
