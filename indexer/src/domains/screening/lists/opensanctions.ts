import { z } from "zod";
import { countriesOf } from "../data/countries.ts";
import { bounds, entryOf, type ListEntry, ListRefused, type Topic } from "./entry.ts";
import { rowsOf } from "./rows.ts";

const kinds: Record<string, ListEntry["kind"]> = {
  ...{ Person: "person", Organization: "organisation", Company: "organisation", PublicBody: "organisation" },
  LegalEntity: "organisation",
};
const kindOf = (schema: string): ListEntry["kind"] => kinds[schema] ?? "other";

const several = (text: string | undefined) => (text ?? "").split(";");

/**
 * Entries of OpenSanctions' `targets.simple.csv`. It has no topics: who is under a sanction has one named, and who is
 * politically exposed cannot be told from it.
 * @see https://www.opensanctions.org/docs/bulk/csv/
 */
export async function* simpleCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<ListEntry> {
  let head: string[] | undefined;
  for await (const row of rowsOf(bytes)) {
    if (!head) {
      head = row;
      const missing = ["id", "schema", "name", "aliases", "birth_date", "countries"].filter(
        (name) => !row.includes(name),
      );
      if (missing.length > 0) throw new ListRefused("LIST_BROKEN", `the file lacks the columns ${missing.join(", ")}`);
      continue;
    }
    const columns = head;
    const at = (name: string) => row[columns.indexOf(name)];
    yield entryOf({
      ...{ id: at("id") ?? "", kind: kindOf(at("schema") ?? ""), names: [at("name") ?? "", ...several(at("aliases"))] },
      ...{ birthDates: several(at("birth_date")), countries: countriesOf(several(at("countries"))) },
      wallets: several(at("identifiers")),
      topics: (at("sanctions") ?? "") === "" ? [] : ["sanction"],
    });
  }
}

/** Whole lines of a text, without their ends. @throws {ListRefused} LIST_TOO_LARGE */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > bounds.field * 100) throw new ListRefused("LIST_TOO_LARGE", "a line is longer than any real one");
    yield* lines;
  }
  if (rest !== "") yield rest;
}

const values = z.array(z.string()).default([]);
const entity = z.object({
  id: z.string(),
  schema: z.string(),
  caption: z.string().default(""),
  properties: z.object({
    ...{ name: values, alias: values, weakAlias: values, birthDate: values, country: values, nationality: values },
    ...{ citizenship: values, topics: values, publicKey: values, holder: values, currency: values },
  }),
});
type Entity = z.infer<typeof entity>;

function entityOf(line: string): Entity {
  try {
    return entity.parse(JSON.parse(line));
  } catch {
    // The message must not quote the line: it may be as long as the file.
    throw new ListRefused("LIST_BROKEN", "a line is no entity of FollowTheMoney");
  }
}

function topicsOf(said: string[]): Topic[] {
  const found: Topic[] = [];
  if (said.some((topic) => topic === "sanction" || topic.startsWith("sanction."))) found.push("sanction");
  if (said.includes("role.pep")) found.push("pep");
  if (said.includes("role.rca")) found.push("pep_relative");
  return found;
}

const draftOf = ({ id, schema, caption, properties: p }: Entity, wallets: string[]): ListEntry =>
  entryOf({
    ...{ id, kind: kindOf(schema), names: [caption, ...p.name, ...p.alias, ...p.weakAlias], birthDates: p.birthDate },
    ...{ countries: countriesOf([...p.country, ...p.nationality, ...p.citizenship]), wallets },
    topics: topicsOf(p.topics),
  });

/**
 * Entries of OpenSanctions' entities, one JSON object of FollowTheMoney per line. Wallets are entities of their own that
 * name their holder and may come before or after it, so holders of wallets are read first.
 * @param open Opens the file anew.
 * @see https://www.opensanctions.org/docs/entities/
 */
export async function* ftmLines(open: () => AsyncIterable<Buffer>): AsyncGenerator<ListEntry> {
  const held = new Map<string, string[]>();
  for await (const line of linesOf(open())) {
    if (!line.includes('"CryptoWallet"')) continue;
    const { schema, properties } = entityOf(line);
    if (schema !== "CryptoWallet") continue;
    for (const holder of properties.holder) held.set(holder, [...(held.get(holder) ?? []), ...properties.publicKey]);
  }
  for await (const line of linesOf(open())) {
    if (line.trim() === "") continue;
    const one = entityOf(line);
    // Addresses, positions and the like are about somebody, and nobody themselves.
    if (kindOf(one.schema) === "other" && topicsOf(one.properties.topics).length === 0) continue;
    if (one.schema === "CryptoWallet") continue;
    yield draftOf(one, held.get(one.id) ?? []);
  }
}
