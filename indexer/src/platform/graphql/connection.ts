import { codedError } from "./coded-error.ts";

/** Largest page that a list answers. */
export const MAX_PAGE = 100;
const DEFAULT_PAGE = 20;

/** Relay arguments of a list. */
export interface PageArgs {
  first?: number | null;
  after?: string | null;
}

/** A page to read: `limit` rows after the key `after`. */
export interface Page {
  limit: number;
  after: string[] | undefined;
}

export interface BlockStamp {
  number: number;
  hash: string;
  timestamp: number;
}

/** Parts of a cursor: a 63-bit number, a 256-bit number, or a text. */
const parts = {
  whole: /^\d{1,18}$/,
  wide: /^\d{1,78}$/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL cannot compare with a NUL
  text: /^[^\u0000]{0,256}$/u,
};
export type CursorPart = keyof typeof parts;

function keyOf(cursor: string, kinds: CursorPart[]): string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(key) || key.length !== kinds.length) return undefined;
    const fits = kinds.every((kind, i) => typeof key[i] === "string" && parts[kind].test(key[i]));
    return fits ? (key as string[]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Checks a list's arguments.
 * @param kinds Parts of the list's cursors.
 * @throws `PAGE_SIZE_INVALID` unless 1 ≤ first ≤ 100; `CURSOR_INVALID` for a cursor that no answer of this list contained.
 */
export function pageOf(args: PageArgs, kinds: CursorPart[]): Page {
  const limit = args.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw codedError("PAGE_SIZE_INVALID", `a page has between 1 and ${MAX_PAGE} entries, not ${limit}`);
  }
  if (args.after === null || args.after === undefined) return { limit, after: undefined };
  const after = keyOf(args.after, kinds);
  if (!after) throw codedError("CURSOR_INVALID", "after is not a cursor of this list; use endCursor of a page");
  return { limit, after };
}

/** Builds a connection of up to `limit + 1` rows; the extra row tells whether there is more. */
export function connection<Row, Node>(
  rows: Row[],
  page: Page,
  asOfBlock: BlockStamp | null,
  cursorOf: (row: Row) => string[],
  nodeOf: (row: Row) => Node,
) {
  const edges = rows.slice(0, page.limit).map((row) => ({
    cursor: Buffer.from(JSON.stringify(cursorOf(row))).toString("base64url"),
    node: nodeOf(row),
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: { hasNextPage: rows.length > page.limit, endCursor: edges.at(-1)?.cursor ?? null },
    asOfBlock,
  };
}
