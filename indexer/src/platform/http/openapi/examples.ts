import type { JsonSchema } from "../../graphql/described/answer-schema.ts";
import { forms, texts, UNIX } from "./vocabulary.ts";

const formats: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
  uri: /^https:\/\//,
};

interface TextSchema {
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
}

function fits(text: string, { pattern, format, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: TextSchema) {
  if (text.length < minLength || text.length > maxLength) return false;
  if (format !== undefined && formats[format]?.test(text) === false) return false;
  return pattern === undefined || new RegExp(pattern, "u").test(text);
}

function textOf(schema: JsonSchema, name: string): string {
  const found = [...(texts[name] ?? []), ...forms].find((text) => fits(text, schema as TextSchema));
  if (found === undefined)
    throw new Error(`no example of ${name} fits ${JSON.stringify(schema)}; give it one by meta()`);
  return found;
}

function numberOf({ minimum, maximum, exclusiveMinimum, description }: JsonSchema): number {
  if (description === "unix seconds") return UNIX;
  const least = Math.max(
    Number(minimum ?? 1),
    Number(exclusiveMinimum ?? 0) + (exclusiveMinimum === undefined ? 0 : 1),
  );
  return Math.min(Math.max(least, -1_000_000), Number(maximum ?? least));
}

function objectOf({ properties = {} }: JsonSchema): Record<string, unknown> {
  const entries = Object.entries(properties as Record<string, JsonSchema>);
  return Object.fromEntries(entries.map(([name, schema]) => [name, exampleOf(schema, name)]));
}

function listOf({ items, minItems = 1 }: JsonSchema, name: string): unknown[] {
  return Array.from({ length: Math.max(1, Number(minItems)) }, () => exampleOf((items ?? {}) as JsonSchema, name));
}

/** One of several: neither nothing nor an empty text, where there is more to show. */
function chosen(options: JsonSchema[]): JsonSchema {
  return options.find((one) => one.type !== "null" && one.const !== "") ?? options[0] ?? {};
}

/**
 * A value that a schema describes, the same at each call. Examples that the schema brings itself go first.
 * @param name Of the field, by which texts are chosen.
 * @throws where no text is known that a pattern takes: the schema then needs an example of its own
 */
export function exampleOf(schema: JsonSchema, name = ""): unknown {
  const { examples, anyOf, oneOf, enum: values, type } = schema as Record<string, unknown[]> & { type?: unknown };
  if (examples) return examples[0];
  if ("const" in schema) return schema.const;
  if (values) return values[0];
  const options = (anyOf ?? oneOf) as JsonSchema[] | undefined;
  if (options) return exampleOf(chosen(options), name);
  const [first] = [type].flat();
  if (first === "object") return objectOf(schema);
  if (first === "array") return listOf(schema, name);
  if (first === "string") return textOf(schema, name);
  if (first === "integer" || first === "number") return numberOf(schema);
  if (first === "boolean") return true;
  return first === "null" ? null : {};
}
