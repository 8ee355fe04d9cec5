import DataLoader from "dataloader";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { memberNoOf } from "../identity/resolvers.ts";
import {
  type ActivityRow,
  activity,
  type BlockRow,
  blockAt,
  eventsOf,
  listBlocks,
  newestBlock,
  orphansAt,
  reorgs,
} from "./repository.ts";

const asNumber = (value: string | null) => (value === null ? null : Number(value));

/** An event as the API tells it. */
export const eventNode = (row: ActivityRow) => ({
  name: row.event,
  blockNumber: Number(row.block_number),
  logIndex: row.log_index,
  at: Number(row.block_time),
  transactionHash: row.tx_hash,
  memberNo: asNumber(row.member_no),
  validatorId: asNumber(row.validator_id),
  positionId: row.position_id,
  args: row.args,
});

const block = (row: BlockRow) => ({
  number: Number(row.number),
  hash: row.hash,
  parentHash: row.parent_hash,
  timestamp: Number(row.block_time),
});

interface ActivityArgs extends PageArgs {
  memberNo?: number | null;
  address?: string | null;
  validatorId?: number | null;
}

async function listActivity(_root: unknown, args: ActivityArgs, context: Context) {
  const page = pageOf(args, 2);
  const named = args.memberNo !== undefined || args.address !== undefined;
  const memberNo = named ? ((await memberNoOf(args, context)) ?? 0) : null;
  const [rows, asOfBlock] = await Promise.all([
    activity(context.read, { memberNo, validatorId: args.validatorId ?? null }, page),
    context.asOfBlock(),
  ]);
  const found = connection(rows, page, (row) => [row.block_number, String(row.log_index)], asOfBlock);
  const edges = found.edges.map((edge) => ({ cursor: edge.cursor, node: eventNode(edge.node) }));
  return { ...found, edges, nodes: edges.map((edge) => edge.node) };
}

async function blocks(_root: unknown, args: PageArgs, context: Context) {
  const page = pageOf(args, 1);
  const [rows, asOfBlock] = await Promise.all([listBlocks(context.read, page), context.asOfBlock()]);
  const found = connection(rows, page, (row) => [row.number], asOfBlock);
  const edges = found.edges.map((edge) => ({ cursor: edge.cursor, node: block(edge.node) }));
  return { ...found, edges, nodes: edges.map((edge) => edge.node) };
}

async function indexerStatus(_root: unknown, _args: unknown, context: Context) {
  const newest = await newestBlock(context.read);
  const indexed = newest ? block(newest) : null;
  return {
    chainId: context.chainId,
    head: context.sync?.head ?? null,
    indexed,
    finalBlock: Math.max((indexed?.number ?? 0) - context.finalityDepth, 0),
    finalityDepth: context.finalityDepth,
    problem: context.sync?.problem ?? null,
    endpoints: context.sync?.endpoints ?? [],
  };
}

const eventLoader = (context: Context) =>
  context.once("events", () => {
    const load = async (numbers: readonly number[]) => {
      const rows = (await eventsOf(context.read, numbers)).map(eventNode);
      return numbers.map((number) => rows.filter((row) => row.blockNumber === number));
    };
    return new DataLoader(load);
  });

export const resolvers = {
  Query: {
    activity: listActivity,
    blocks,
    block: async (_root: unknown, { number }: { number: number }, context: Context) => {
      const row = await blockAt(context.read, number);
      return row ? block(row) : null;
    },
    reorgs: async (_root: unknown, { limit }: { limit: number }, context: Context) =>
      (await reorgs(context.read, pageOf({ first: limit }, 1).limit)).map((row) => ({
        fromBlock: Number(row.from_block),
        depth: row.depth,
        oldHash: row.old_hash,
        newHash: row.new_hash,
        rowsUndone: row.rows_undone,
        seenAtMs: row.seen_at.getTime(),
      })),
    indexerStatus,
  },
  Block: {
    final: async ({ number }: { number: number }, _args: unknown, context: Context) =>
      number <= ((await context.asOfBlock())?.number ?? 0) - context.finalityDepth,
    events: ({ number }: { number: number }, _args: unknown, context: Context) => eventLoader(context).load(number),
    orphans: async ({ number }: { number: number }, _args: unknown, context: Context) =>
      (await orphansAt(context.read, number)).map((row) => ({ hash: row.hash, timestamp: Number(row.block_time) })),
  },
};
