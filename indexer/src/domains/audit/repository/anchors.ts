import { type Sql, tryLock } from "../../../platform/db/pool.ts";
import type { Page } from "../../../platform/graphql/connection.ts";

/** Any constant: all who anchor must agree on it. */
const ANCHOR_LOCK = 7_261_021;

/** One process anchors at a time, to the end of its transaction. */
export const lockAnchoring = (sql: Sql): Promise<boolean> => tryLock(sql, ANCHOR_LOCK);

/** A row of chain.audit_anchors; wide numbers as strings. */
export interface AnchorRow {
  first_seq: string;
  last_seq: string;
  root: string;
  head: string;
  anchored_by: string;
  anchored_at: string;
  block_number: string;
  tx_hash: string;
}

/** A page of anchored stretches, newest first, one row more than asked for. */
export async function listAnchors(reader: Sql, page: Page): Promise<AnchorRow[]> {
  const { rows } = await reader.query<AnchorRow>(
    `select * from chain.audit_anchors where $1::bigint is null or first_seq < $1 order by first_seq desc limit $2`,
    [page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

/** Where a root was anchored. */
export interface Anchored {
  firstSeq: number;
  transactionHash: string;
  blockNumber: number;
}

/** Which of these roots the mirror knows to be on chain, as they are. */
export async function anchoredAmong(
  sql: Sql,
  roots: readonly { firstSeq: number; lastSeq: number; root: Buffer; head: Buffer }[],
): Promise<Map<number, Anchored>> {
  const { rows } = await sql.query<AnchorRow>("select * from chain.audit_anchors where first_seq = any($1::bigint[])", [
    roots.map(({ firstSeq }) => firstSeq),
  ]);
  const known = new Map(rows.map((row) => [Number(row.first_seq), row]));
  const hex = (bytes: Buffer) => `0x${bytes.toString("hex")}`;
  return new Map(
    roots.flatMap(({ firstSeq, lastSeq, root, head }): [number, Anchored][] => {
      const row = known.get(firstSeq);
      if (!row || Number(row.last_seq) !== lastSeq || row.root !== hex(root) || row.head !== hex(head)) return [];
      return [[firstSeq, { firstSeq, transactionHash: row.tx_hash, blockNumber: Number(row.block_number) }]];
    }),
  );
}
