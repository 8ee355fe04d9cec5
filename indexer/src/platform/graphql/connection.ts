import { GraphQLError } from "graphql";

/** Largest page that a list answers. */
export const MAX_PAGE = 100;

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

const coded = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

/**
 * Checks a list's arguments.
 * @throws `PAGE_SIZE_INVALID` unless 1 ≤ first ≤ 100; `CURSOR_INVALID` for a cursor that no answer of ours contained.
 */
export function pageOf(args: PageArgs, keyLength: number): Page {
  const limit = args.first ?? 20;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw coded("PAGE_SIZE_INVALID", `first must be between 1 and ${MAX_PAGE}`);
  }
  if (args.after === null || args.after === undefined) return { limit, after: undefined };
  try {
    const after: unknown = JSON.parse(Buffer.from(args.after, "base64url").toString());
    if (Array.isArray(after) && after.length === keyLength && after.every((part) => typeof part === "string"))
      return { limit, after };
  } catch {
    // Reported below, as any other text that is not a cursor.
  }
  throw coded("CURSOR_INVALID", "after is not a cursor of this list; use endCursor of a page");
}

/** Builds a connection of `limit + 1` rows read; the extra row tells whether there is more. */
export function connection<T>(rows: T[], page: Page, keyOf: (row: T) => string[], asOfBlock: BlockStamp | null) {
  const nodes = rows.slice(0, page.limit);
  const edges = nodes.map((node) => ({ cursor: Buffer.from(JSON.stringify(keyOf(node))).toString("base64url"), node }));
  return {
    edges,
    nodes,
    pageInfo: { hasNextPage: rows.length > page.limit, endCursor: edges.at(-1)?.cursor ?? null },
    asOfBlock,
  };
}
