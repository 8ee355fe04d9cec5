import DataLoader from "dataloader";
import { readReport, reorgCounts } from "../../platform/db/mirror/state.ts";
import { type DigestRow, finalDigests } from "../../platform/db/raw/digests.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { list, orphansAt, type ReorgRow, reorgs } from "./repository.ts";
import { type BlockNode, blockLoader, blockNode } from "./service.ts";

async function blocks(_root: unknown, args: PageArgs, context: Context) {
  const page = pageOf(args, ["whole"]);
  const [rows, asOfBlock] = await Promise.all([list(context.read, page), context.asOfBlock()]);
  return connection(rows, page, asOfBlock, (row) => [row.number], blockNode);
}

const digestNode = (row: DigestRow) => ({
  block: Number(row.number),
  hash: row.hash,
  digest: row.digest.toString("hex"),
});

async function checkpointDigests(_root: unknown, args: PageArgs, context: Context) {
  const page = pageOf(args, ["whole"]);
  const rows = finalDigests(context.read, page.after?.[0] ?? null, page.limit + 1);
  return connection(await rows, page, await context.asOfBlock(), (row) => [row.number], digestNode);
}

const reorg = (row: ReorgRow) => ({
  fromBlock: Number(row.from_block),
  depth: row.depth,
  oldHash: row.old_hash,
  newHash: row.new_hash,
  rowsUndone: row.rows_undone,
  seenAtMs: row.seen_at.getTime(),
});

async function indexerStatus(_root: unknown, _args: unknown, context: Context) {
  const [indexed, report, counts] = await Promise.all([
    context.asOfBlock(),
    readReport(context.read),
    reorgCounts(context.read),
  ]);
  return {
    chainId: context.chainId,
    head: report?.head ?? null,
    indexed,
    finalBlock: Math.max(indexed?.finalBlock ?? 0, 0),
    finalityDepth: context.finalityDepth,
    lagBlocks: report && indexed ? Math.max(report.head - indexed.number, 0) : null,
    reorgCount: counts.count,
    deepestReorg: counts.deepest,
    problem: report?.problem ?? null,
    endpoints: report?.endpoints ?? [],
  };
}

const orphanLoader = (context: Context) =>
  context.once("orphans", () => {
    const load = async (numbers: readonly number[]) => {
      const rows = await orphansAt(context.read, numbers);
      return numbers.map((number) =>
        rows
          .filter((row) => Number(row.number) === number)
          .map((row) => ({ hash: row.hash, timestamp: Number(row.block_time) })),
      );
    };
    return new DataLoader<number, { hash: string; timestamp: number }[]>(load);
  });

export const resolvers = {
  Query: {
    blocks,
    block: (_root: unknown, { number }: { number: number }, context: Context) => blockLoader(context).load(number),
    reorgs: async (_root: unknown, { limit }: { limit: number }, context: Context) =>
      (await reorgs(context.read, pageOf({ first: limit }, []).limit)).map(reorg),
    indexerStatus,
    checkpointDigests,
  },
  Block: {
    final: async ({ number }: BlockNode, _args: unknown, context: Context) =>
      number <= ((await context.asOfBlock())?.finalBlock ?? -1),
    orphans: ({ number }: BlockNode, _args: unknown, context: Context) => orphanLoader(context).load(number),
  },
};
