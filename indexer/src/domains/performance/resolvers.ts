import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import type { Moment } from "../../platform/graphql/past.ts";
import { asNumber, lists } from "../../platform/graphql/rows.ts";
import { type ValidatorNode, validatorLoader } from "../validators/service.ts";
import {
  type EpochRow,
  epochsOf,
  itemsOf,
  listReports,
  type ReportRow,
  reporters,
  reportOf,
  type VoteRow,
  votesOf,
} from "./repository.ts";
import { meanUptime, stateName, WINDOW } from "./rules.ts";

const MOST_EPOCHS = 366;
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

const voteNode = (row: VoteRow) => ({
  reporter: row.reporter,
  hash: row.hash,
  version: row.version,
  votedAt: Number(row.voted_at),
  confirmedAt: asNumber(row.confirmed_at),
});

/** Seconds are no larger. */
const NEWEST = Number.MAX_SAFE_INTEGER;

const epochLoader = (context: Context, count: number, at: Moment) =>
  lists(
    context,
    `epochs:${count}:${at?.number}`,
    (ids: readonly number[]) => epochsOf(context.read, ids, count, at?.number ?? NEWEST),
    (row) => Number(row.validator_id),
    epochNode,
  );

/** @throws `RANGE_INVALID` */
function epochCount(wanted: number): number {
  if (wanted < 1 || wanted > MOST_EPOCHS) {
    throw codedError("RANGE_INVALID", `epochs must be between 1 and ${MOST_EPOCHS}, not ${wanted}`);
  }
  return wanted;
}

type None = Record<string, never>;

export const past = { Validator: ["epochs", "uptimeBps"] };

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
    votes: ({ epoch }: ReportNode, _args: None, context: Context) => {
      const read = (epochs: readonly number[]) => votesOf(context.read, epochs);
      return lists(context, "reportVotes", read, (row) => Number(row.epoch), voteNode).load(epoch);
    },
    items: ({ epoch }: ReportNode, args: PageArgs, context: Context) => {
      const { limit } = pageOf(args, []);
      const read = (epochs: readonly number[]) => itemsOf(context.read, epochs, limit);
      return lists(context, `items:${limit}`, read, (row) => Number(row.epoch), epochNode).load(epoch);
    },
  },
  ValidatorEpoch: {
    validator: ({ validatorId }: EpochNode, _args: None, context: Context) =>
      validatorLoader(context).load(validatorId),
  },
  Validator: {
    epochs: ({ validatorId, at }: ValidatorNode, args: { last: number }, context: Context) =>
      epochLoader(context, epochCount(args.last), at).load(validatorId),
    uptimeBps: async ({ validatorId, at }: ValidatorNode, _args: None, context: Context) =>
      meanUptime((await epochLoader(context, WINDOW, at).load(validatorId)).map(({ uptimeBps }) => uptimeBps)),
  },
};
