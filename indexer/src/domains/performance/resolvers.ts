import DataLoader from "dataloader";
import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { type ValidatorNode, validatorLoader } from "../validators/service.ts";
import {
  type EpochRow,
  epochsOf,
  itemsOf,
  listReports,
  type ReportRow,
  reporters,
  reportOf,
  votesOf,
} from "./repository.ts";
import { meanUptime, stateName, WINDOW } from "./rules.ts";

const MOST_EPOCHS = 366;
const asNumber = (value: string | null) => (value === null ? null : Number(value));

const reportNode = (row: ReportRow) => ({
  epoch: Number(row.epoch),
  state: stateName(row.state),
  hash: row.hash,
  support: row.support,
  confirmations: row.confirmations,
  reachedAt: asNumber(row.reached_at),
  fromBlock: asNumber(row.from_block),
  toBlock: asNumber(row.to_block),
  itemCount: row.item_count,
  totalAmount: row.total_amount,
  processedAt: asNumber(row.processed_at),
  transactionHash: row.tx_hash,
});
type ReportNode = ReturnType<typeof reportNode>;

const epochNode = (row: EpochRow) => ({
  validatorId: Number(row.validator_id),
  epoch: Number(row.epoch),
  proposed: row.proposed,
  attested: row.attested,
  missed: row.missed,
  uptimeBps: row.uptime_bps,
  down: row.down,
  amount: row.amount,
  reportedAt: Number(row.reported_at),
});
type EpochNode = ReturnType<typeof epochNode>;

/** Lists by number, batched per answer. */
const lists = <Node>(
  context: Context,
  name: string,
  read: (keys: readonly number[]) => Promise<Node[]>,
  keyOf: (node: Node) => number,
) =>
  context.once(name, () => {
    const load = async (keys: readonly number[]) => {
      const nodes = await read(keys);
      return keys.map((key) => nodes.filter((node) => keyOf(node) === key));
    };
    return new DataLoader<number, Node[]>(load);
  });

const epochLoader = (context: Context, count: number) =>
  lists(
    context,
    `epochs:${count}`,
    async (ids) => (await epochsOf(context.read, ids, count)).map(epochNode),
    ({ validatorId }) => validatorId,
  );

/** @throws `RANGE_INVALID` */
function epochCount(wanted: number): number {
  if (wanted < 1 || wanted > MOST_EPOCHS) {
    throw codedError("RANGE_INVALID", `epochs must be between 1 and ${MOST_EPOCHS}, not ${wanted}`);
  }
  return wanted;
}

type None = Record<string, never>;

export const resolvers = {
  Query: {
    epochReports: async (_root: unknown, args: PageArgs, context: Context) => {
      const page = pageOf(args, ["whole"]);
      const rows = await listReports(context.read, page);
      return connection(rows, page, await context.asOfBlock(), (row) => [row.epoch], reportNode);
    },
    epochReport: async (_root: unknown, { epoch }: { epoch: number }, context: Context) => {
      const row = await reportOf(context.read, epoch);
      return row ? reportNode(row) : null;
    },
    reporters: async (_root: unknown, _args: None, context: Context) =>
      (await reporters(context.read)).map((row) => ({ ...row, since: Number(row.since) })),
  },
  EpochReport: {
    votes: async ({ epoch }: ReportNode, _args: None, context: Context) => {
      const read = (epochs: readonly number[]) => votesOf(context.read, epochs);
      const rows = await lists(context, "reportVotes", read, (row) => Number(row.epoch)).load(epoch);
      return rows.map((row) => ({
        reporter: row.reporter,
        hash: row.hash,
        version: row.version,
        votedAt: Number(row.voted_at),
        confirmedAt: asNumber(row.confirmed_at),
      }));
    },
    items: ({ epoch }: ReportNode, args: PageArgs, context: Context) => {
      const { limit } = pageOf(args, []);
      const read = async (epochs: readonly number[]) => (await itemsOf(context.read, epochs, limit)).map(epochNode);
      return lists(context, `items:${limit}`, read, (node: EpochNode) => node.epoch).load(epoch);
    },
  },
  ValidatorEpoch: {
    validator: ({ validatorId }: EpochNode, _args: None, context: Context) =>
      validatorLoader(context).load(validatorId),
  },
  Validator: {
    epochs: ({ validatorId }: ValidatorNode, args: { last: number }, context: Context) =>
      epochLoader(context, epochCount(args.last)).load(validatorId),
    uptimeBps: async ({ validatorId }: ValidatorNode, _args: None, context: Context) =>
      meanUptime((await epochLoader(context, WINDOW).load(validatorId)).map(({ uptimeBps }) => uptimeBps)),
  },
};
