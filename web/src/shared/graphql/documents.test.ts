import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, Kind, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const schema = buildSchema(readFileSync(join(root, "../../indexer/schema.graphql"), "utf8"));
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

const literal = /(`[^`]*`|"[^"\n]*")/.source;
/** Texts that have a name in capitals and may be put into documents by it. */
const named = new Map(
  sources.flatMap(({ text }) =>
    [...text.matchAll(new RegExp(`const ([A-Z_]+) =\\s+${literal}`, "g"))].map(
      ([, name = "", value = ""]) => [name, value.slice(1, -1)] as const,
    ),
  ),
);
const filled = (text: string) => text.replaceAll(/\$\{(\w+)\}/g, (_, name) => named.get(name) ?? `\${${name}}`);

/** Each GraphQL document in the sources, complete as it is sent. */
const documents = sources.flatMap(({ file, text }) =>
  [...text.matchAll(new RegExp(literal, "g"))]
    .map(([whole]) => filled(whole.slice(1, -1)))
    .filter((content) => /^\s*(?:query|mutation|subscription)\b[^"]*\{/.test(content))
    .map((content) => ({ file, content })),
);

/** Modules that ask the indexer. */
const asking = sources.filter(({ text }) => /\b(?:useGraphql|useGraphqlPages|ask)\s*(?:<|\()/.test(text));

describe("the dApp's questions to the indexer", () => {
  it("are all found", () => {
    expect(documents.length).toBeGreaterThanOrEqual(15);
    const found = new Set(documents.map(({ content }) => content));
    // A question that is sent is a document found above, by name or on the spot; hooks and request itself pass it on.
    const missed = asking.flatMap(({ file, text }) =>
      [...text.matchAll(/\b(?:useGraphql(?:Pages)?|ask)(?:<[^()]*>)?\(\s*(?:"[^"]*",\s*)?([A-Z_]+)\b/g)]
        .map(([, name = ""]) => ({ file, name }))
        .filter(({ name }) => !found.has(filled(named.get(name) ?? ""))),
    );
    expect(missed).toEqual([]);
  });

  it.each(documents)("fit the schema: $file", ({ content }) => {
    const messages = validate(schema, parse(content)).map(({ message }) => message);
    expect(messages).toEqual([]);
  });

  it("have names of their own, by which a server's log tells them apart", () => {
    const names = documents.flatMap(({ content }) =>
      parse(content).definitions.map((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.name?.value : undefined)),
    );
    expect(names.filter((name, index) => name === undefined || names.indexOf(name) !== index)).toEqual([]);
  });
});
