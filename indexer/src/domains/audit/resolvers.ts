import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { type AnchorRow, listAnchors } from "./repository/anchors.ts";

const anchorNode = (row: AnchorRow) => ({
  firstSeq: Number(row.first_seq),
  lastSeq: Number(row.last_seq),
  root: row.root,
  head: row.head,
  anchoredBy: row.anchored_by,
  anchoredAt: Number(row.anchored_at),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});

async function auditAnchors(_root: unknown, args: PageArgs, context: Context) {
  const page = pageOf(args, ["whole"]);
  const [rows, asOfBlock] = await Promise.all([listAnchors(context.read, page), context.asOfBlock()]);
  return connection(rows, page, asOfBlock, (row) => [row.first_seq], anchorNode);
}

export const resolvers = { Query: { auditAnchors } };
