export interface TableClass {
  kind: string;
  key?: string;
}

/** Functions that tell something else each time, as far as anybody would update by one (`provolatile = 'v'`). */
const VOLATILE =
  /\b(clock_timestamp|timeofday|random|random_normal|gen_random_uuid|uuidv[47]|nextval|setval|set_config)\s*\(/i;

/** An update, or what an insert does where it meets a row: the table, and everything behind `set`. */
const UPDATES = [
  /\bupdate\s+((?:app|chain|ops)\.\w+)(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\s+([\s\S]*)/gi,
  /\binsert\s+into\s+((?:app|chain|ops)\.\w+)[\s\S]*?\bdo\s+update\s+set\s+([\s\S]*)/gi,
];

/** Ends the list of what is set, outside of brackets. */
const LIST_ENDS = /^\s(where|from|returning)\b/i;

/** What a list sets, up to its end: one text for each column, or for each list of columns. */
function itemsOf(text: string): string[] {
  const items = [""];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? "";
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (depth < 0 || (depth === 0 && LIST_ENDS.test(text.slice(i, i + 12)))) break;
    if (depth === 0 && letter === ",") items.push("");
    else items[items.length - 1] += letter;
  }
  return items;
}

/** What of a statement's updates a table that is spread over machines would refuse. */
export function updateObjections(written: string, classes: Record<string, TableClass>): string[] {
  const problems: string[] = [];
  for (const [, table = "", rest = ""] of UPDATES.flatMap((pattern) => [...written.matchAll(pattern)])) {
    const { kind, key } = classes[table] ?? { kind: "local" };
    if (kind !== "distributed") continue;
    const columns = itemsOf(rest).flatMap((item) => (item.split("=")[0] ?? "").match(/\w+/g) ?? []);
    if (key !== undefined && columns.includes(key))
      problems.push(`sets ${key}, the key of ${table}, which never changes`);
    const called = VOLATILE.exec(rest)?.[1];
    if (called) problems.push(`updates ${table}, which is distributed, with the volatile function ${called}`);
  }
  return problems;
}
