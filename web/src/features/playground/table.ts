type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** The list of an answer as rows of text. */
export interface Table {
  columns: string[];
  rows: string[][];
}

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Values of an answer, the outer ones first. */
function* inside(value: Json): Generator<Json> {
  const queue: Json[] = [value];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    yield next;
    if (Array.isArray(next)) queue.push(...next);
    else if (isObject(next)) queue.push(...Object.values(next));
  }
}

/** A row by dotted names; lists inside stay JSON. */
function flat(value: { [name: string]: Json }, prefix = ""): [name: string, text: string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    if (isObject(inner)) return flat(inner, `${prefix}${name}.`);
    const text = inner === null ? "" : Array.isArray(inner) ? JSON.stringify(inner) : String(inner);
    return [[`${prefix}${name}`, text]];
  });
}

/** The outermost list of objects; without one, the first object that holds no other. Undefined if there is nothing such. */
function listIn(data: Json): { [name: string]: Json }[] | undefined {
  for (const value of inside(data)) {
    if (Array.isArray(value) && value.length > 0 && value.every(isObject)) return value as { [name: string]: Json }[];
  }
  const hasList = [...inside(data)].some(Array.isArray);
  if (hasList || !isObject(data)) return undefined;
  const [only] = Object.values(data);
  return isObject(only) ? [only] : undefined;
}

/** What of an answer can be shown as a table. */
export function tableOf(data: unknown): Table | undefined {
  const list = data === null || data === undefined ? undefined : listIn(data as Json);
  if (!list) return undefined;
  const flattened = list.map((row) => new Map(flat(row)));
  const columns = [...new Set(flattened.flatMap((row) => [...row.keys()]))];
  return { columns, rows: flattened.map((row) => columns.map((name) => row.get(name) ?? "")) };
}

/** Number of the block that an answer stands for, if it says so. */
export function blockOf(data: unknown): number | undefined {
  if (data === null || data === undefined) return undefined;
  for (const value of inside(data as Json)) {
    const block = isObject(value) ? value.asOfBlock : undefined;
    if (isObject(block) && typeof block.number === "number") return block.number;
  }
  return undefined;
}
