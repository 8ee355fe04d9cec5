import { countriesOf } from "../data/countries.ts";
import { dateOfPeriod } from "./dates.ts";
import { entryOf, type ListEntry } from "./entry.ts";
import { type Listener, readXml } from "./xml-elements.ts";

interface Draft extends ListEntry {
  /** Main name, told apart from aliases until the party ends. */
  primary: string[];
}

const kinds: Record<string, ListEntry["kind"]> = { Individual: "person", Entity: "organisation" };
const WALLET = /^Digital Currency Address - /;
const BORN = /^Birthdate$/i;
const COUNTRY = /^(Nationality|Citizenship) (Country|of Registration)$|^Location$/i;

type Attributes = Record<string, string>;
const day = () => ({ year: 0, month: 0, day: 0 });

/** Makes entries of the elements of SDN_ADVANCED.XML; reference values come first, places next, parties last. */
class Parties implements Listener {
  readonly done: ListEntry[] = [];
  readonly #path: { name: string; attributes: Attributes }[] = [];
  readonly #features = new Map<string, string>();
  readonly #countries = new Map<string, string>();
  readonly #partyTypes = new Map<string, string>();
  readonly #subTypes = new Map<string, string>();
  readonly #places = new Map<string, string[]>();
  #party: Draft | undefined;
  #words: string[] = [];
  #point = day();
  #from = day();

  open(name: string, attributes: Attributes): void {
    this.#path.push({ name, attributes });
    if (name === "DistinctParty") this.#party = { ...blank, ...fresh(), id: attributes.FixedRef ?? "" };
    if (name === "LocationCountry") this.#place(attributes.CountryID ?? "");
    if (!this.#party) return;
    if (name === "Profile") this.#party.kind = kinds[this.#typeOf(attributes.PartySubTypeID)] ?? "other";
    if (name === "DocumentedName") this.#words = [];
    if (name === "From" || name === "To") this.#point = day();
    if (name === "VersionLocation" && COUNTRY.test(this.#feature()))
      this.#party.countries.push(...(this.#places.get(attributes.LocationID ?? "") ?? []));
  }

  close(name: string, text: string): void {
    const own = this.#path.pop()?.attributes ?? {};
    this.#reference(name, own, text);
    if (!this.#party) return;
    if (name === "NamePartValue") this.#words.push(text);
    if (name === "DocumentedName") this.#name(this.#party);
    if (name === "VersionDetail" && WALLET.test(this.#feature())) this.#party.wallets.push(text);
    this.#date(this.#party, name, text);
    if (name !== "DistinctParty") return;
    const { primary, ...party } = this.#party;
    this.done.push(entryOf({ ...party, names: [...primary, ...party.names], countries: countriesOf(party.countries) }));
    this.#party = undefined;
  }

  #reference(name: string, own: Attributes, text: string): void {
    if (name === "FeatureType") this.#features.set(own.ID ?? "", text);
    if (name === "Country") this.#countries.set(own.ID ?? "", own.ISO2 ?? text);
    if (name === "PartyType") this.#partyTypes.set(own.ID ?? "", text);
    if (name === "PartySubType") this.#subTypes.set(own.ID ?? "", own.PartyTypeID ?? "");
  }

  #typeOf(subType = ""): string {
    return this.#partyTypes.get(this.#subTypes.get(subType) ?? "") ?? "";
  }

  #above(name: string): Attributes | undefined {
    return this.#path.findLast((one) => one.name === name)?.attributes;
  }

  #feature(): string {
    return this.#features.get(this.#above("Feature")?.FeatureTypeID ?? "") ?? "";
  }

  #place(countryId: string): void {
    const id = this.#above("Location")?.ID ?? "";
    this.#places.set(id, [...(this.#places.get(id) ?? []), this.#countries.get(countryId) ?? ""]);
  }

  /** The main alias of the main identity in Latin letters comes first; it may be written in other scripts, too. */
  #name(party: Draft): void {
    const isMain = this.#above("Alias")?.Primary === "true" && this.#above("Identity")?.Primary === "true";
    const where = isMain && party.primary.length === 0 ? party.primary : party.names;
    where.push(this.#words.join(" "));
  }

  #date(party: Draft, name: string, text: string): void {
    if (name === "Year") this.#point.year = Number(text);
    if (name === "Month") this.#point.month = Number(text);
    if (name === "Day") this.#point.day = Number(text);
    const edge = this.#path.at(-1)?.name;
    if (name === "From" && edge === "Start") this.#from = this.#point;
    if (name === "To" && edge === "End" && BORN.test(this.#feature())) {
      const date = dateOfPeriod(this.#from, this.#point);
      if (date) party.birthDates.push(date);
    }
  }
}

const blank: Pick<Draft, "id" | "kind" | "topics"> = { id: "", kind: "other", topics: ["sanction"] };
const fresh = () => ({ names: [], primary: [], birthDates: [], countries: [], wallets: [] });

/**
 * Entries of OFAC's SDN_ADVANCED.XML.
 * @see https://ofac.treasury.gov/sdn-list-data-formats-data-schemas/advanced-sanctions-list-standard
 */
export async function* ofacXml(bytes: AsyncIterable<Buffer>): AsyncGenerator<ListEntry> {
  const parties = new Parties();
  for await (const _ of readXml(bytes, parties)) yield* parties.done.splice(0);
  yield* parties.done.splice(0);
}
