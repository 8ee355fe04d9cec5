/** A type of the schema and what it says of itself, for reading. */
export interface SchemaType {
  name: string;
  /** As it stands in the schema, without descriptions. */
  lines: string[];
}

/** Types of a schema in SDL as we print it: one field a line, one type after the other; the questions come first. */
export function typesIn(sdl: string): SchemaType[] {
  const bare = sdl.replace(/"""[\s\S]*?"""/g, "");
  const found = [...bare.matchAll(/^(?:type|input|enum|interface) (\w+)[^{]*\{([^}]*)\}/gm)].map(
    ([, name = "", body = ""]) => ({
      name,
      lines: body
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    }),
  );
  const rank = ({ name }: SchemaType) => (name === "Query" ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en"));
}

/** Types whose name, or of whose lines one, contains `text` in any case; of the latter only those lines. */
export function matching(types: SchemaType[], text: string): SchemaType[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return types;
  return types.flatMap((type) => {
    if (type.name.toLowerCase().includes(wanted)) return [type];
    const lines = type.lines.filter((line) => line.toLowerCase().includes(wanted));
    return lines.length > 0 ? [{ ...type, lines }] : [];
  });
}
