import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { lists } from "../../platform/graphql/rows.ts";
import { memberLoader } from "../identity/service.ts";
import {
  type CommissionRow,
  commissionChanges,
  cursorKind,
  type DayRow,
  days,
  type Filter,
  type KeyRow,
  keysOf,
  list,
  type SlashRow,
  type SortField,
  slashesOf,
} from "./repository.ts";
import { capacityOf } from "./rules.ts";
import { commissionAt, tierInForce, type ValidatorNode, validatorLoader, validatorNode } from "./service.ts";

const MOST_DAYS = 366;

interface ListArgs extends PageArgs {
  filter?: Filter | null;
  sort?: { field: SortField; direction: "ASC" | "DESC" } | null;
}

async function validators(_root: unknown, args: ListArgs, context: Context) {
  const sort = args.sort ?? { field: "TOTAL_STAKE", direction: "DESC" };
  const page = pageOf(args, [cursorKind(sort.field), "whole"]);
  const { rows, totalCount, cursorOf } = await list(context.read, args.filter ?? {}, sort, page);
  return { ...connection(rows, page, await context.asOfBlock(), cursorOf, validatorNode), totalCount };
}

async function leaderboard(_root: unknown, { limit }: { limit: number }, context: Context) {
  const page = pageOf({ first: limit }, []);
  const { rows } = await list(context.read, {}, { field: "TOTAL_STAKE", direction: "DESC" }, page);
  return rows.slice(0, limit).map(validatorNode);
}

/** Rows of each validator, batched per answer. */
const grouped =
  <Row extends { validator_id: string }, Node>(
    name: string,
    rowsOf: (context: Context, ids: readonly number[]) => Promise<Row[]>,
    nodeOf: (row: Row) => Node,
  ) =>
  (context: Context) =>
    lists(
      context,
      name,
      (ids: readonly number[]) => rowsOf(context, ids),
      (row) => Number(row.validator_id),
      nodeOf,
    );

const commissions = grouped(
  "commissions",
  (context, ids) => commissionChanges(context.read, ids),
  (row: CommissionRow) => ({
    fromBps: row.from_bps,
    toBps: row.to_bps,
    at: Number(row.block_time),
    blockNumber: Number(row.block_number),
  }),
);

const slashes = grouped(
  "slashes",
  (context, ids) => slashesOf(context.read, ids),
  (row: SlashRow) => ({
    at: Number(row.block_time),
    faultAt: Number(row.tau),
    blockNumber: Number(row.block_number),
    self: row.self,
    delegated: row.delegated,
    unbonding: row.unbonding,
  }),
);

const keys = grouped(
  "consensusKeys",
  (context, ids) => keysOf(context.read, ids),
  (row: KeyRow) => ({
    keyHash: row.key_hash,
    keyType: row.key_type === 0 ? "SECP256K1" : "P256",
    key: row.consensus_key,
    validFrom: Number(row.valid_from),
    validUntil: row.valid_until === null ? null : Number(row.valid_until),
  }),
);

const daily = (count: number) =>
  grouped(
    `daily:${count}`,
    (context, ids) => days(context.read, ids, count),
    (row: DayRow) => ({ day: Number(row.day), totalStake: row.total_stake, rewards: row.rewards }),
  );

/** @throws `RANGE_INVALID` */
function dayCount(wanted: number): number {
  if (wanted < 1 || wanted > MOST_DAYS) {
    throw codedError("RANGE_INVALID", `days must be between 1 and ${MOST_DAYS}, not ${wanted}`);
  }
  return wanted;
}

type None = Record<string, never>;

export const resolvers = {
  Query: {
    validator: (_root: unknown, { validatorId }: { validatorId: number }, context: Context) =>
      validatorLoader(context).load(validatorId),
    validators,
    validatorLeaderboard: leaderboard,
  },
  Validator: {
    member: ({ memberNo }: ValidatorNode, _args: None, context: Context) => memberLoader(context).load(memberNo),
    tier: (validator: ValidatorNode, _args: None, context: Context) => tierInForce(validator, context),
    commissionBps: (validator: ValidatorNode, _args: None, context: Context) => commissionAt(validator, context),
    capacity: async (validator: ValidatorNode, _args: None, context: Context) => {
      const member = await memberLoader(context).load(validator.memberNo);
      if (!member?.isInGoodStanding) return "0";
      return capacityOf(BigInt(validator.selfStake), await tierInForce(validator, context))?.toString() ?? null;
    },
    netAprBps: async (validator: ValidatorNode, _args: None, context: Context) =>
      Math.floor((validator.grossAprBps * (10_000 - (await commissionAt(validator, context)))) / 10_000),
    commissionHistory: ({ validatorId }: ValidatorNode, _args: None, context: Context) =>
      commissions(context).load(validatorId),
    daily: ({ validatorId }: ValidatorNode, args: { days: number }, context: Context) =>
      daily(dayCount(args.days))(context).load(validatorId),
    consensusKeys: ({ validatorId }: ValidatorNode, _args: None, context: Context) => keys(context).load(validatorId),
    slashes: ({ validatorId }: ValidatorNode, _args: None, context: Context) => slashes(context).load(validatorId),
  },
};
