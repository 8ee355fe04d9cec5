import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { type Moment, momentOf, type PastArgs, stampOf, upTo } from "../../platform/graphql/past.ts";
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

interface ListArgs extends PageArgs, PastArgs {
  filter?: Filter | null;
  sort?: { field: SortField; direction: "ASC" | "DESC" } | null;
}

async function validators(_root: unknown, args: ListArgs, context: Context) {
  const sort = args.sort ?? { field: "TOTAL_STAKE", direction: "DESC" };
  const page = pageOf(args, [cursorKind(sort.field), "whole"]);
  const at = await momentOf(args, context);
  const { rows, totalCount, cursorOf } = await list(context.read, args.filter ?? {}, sort, page, at);
  const stamp = await stampOf({ at }, context);
  return { ...connection(rows, page, stamp, cursorOf, (row) => validatorNode(row, at)), totalCount };
}

async function leaderboard(_root: unknown, args: { limit: number } & PastArgs, context: Context) {
  const page = pageOf({ first: args.limit }, []);
  const at = await momentOf(args, context);
  const { rows } = await list(context.read, {}, { field: "TOTAL_STAKE", direction: "DESC" }, page, at);
  return rows.slice(0, args.limit).map((row) => validatorNode(row, at));
}

/** Rows of each validator up to a block, batched per answer. */
const grouped =
  <Row extends { validator_id: string }, Node>(
    name: string,
    rowsOf: (context: Context, ids: readonly number[], last: number) => Promise<Row[]>,
    nodeOf: (row: Row) => Node,
  ) =>
  (context: Context, at?: Moment) =>
    lists(
      context,
      `${name}:${at?.number}`,
      (ids: readonly number[]) => rowsOf(context, ids, upTo(at)),
      (row) => Number(row.validator_id),
      nodeOf,
    );

const commissions = grouped(
  "commissions",
  (context, ids, last) => commissionChanges(context.read, ids, last),
  (row: CommissionRow) => ({
    fromBps: row.from_bps,
    toBps: row.to_bps,
    at: Number(row.block_time),
    blockNumber: Number(row.block_number),
  }),
);

const slashes = grouped(
  "slashes",
  (context, ids, last) => slashesOf(context.read, ids, last),
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

export const past = {
  Validator: [
    ...["asOfBlock", "validatorId", "memberNo", "name", "active", "tier", "tombstoned", "jailedUntil", "openCases"],
    ...["commissionBps", "maxCommissionBps", "pendingCommission", "minDelegation", "selfStake", "delegatedStake"],
    ...["totalStake", "capacity", "positionCount", "rewardsTotal", "unclaimedCommission", "unclaimedSelfRewards"],
    ...["netAprBps", "registeredAt", "rank", "member", "commissionHistory", "slashes"],
  ],
};

export const resolvers = {
  Query: {
    validator: async (_root: unknown, args: { validatorId: number } & PastArgs, context: Context) =>
      validatorLoader(context, await momentOf(args, context)).load(args.validatorId),
    validators,
    validatorLeaderboard: leaderboard,
  },
  Validator: {
    asOfBlock: (validator: ValidatorNode, _args: None, context: Context) => stampOf(validator, context),
    member: ({ memberNo, at }: ValidatorNode, _args: None, context: Context) =>
      memberLoader(context, at).load(memberNo),
    tier: (validator: ValidatorNode, _args: None, context: Context) => tierInForce(validator, context),
    commissionBps: (validator: ValidatorNode, _args: None, context: Context) => commissionAt(validator, context),
    capacity: async (validator: ValidatorNode, _args: None, context: Context) => {
      const member = await memberLoader(context, validator.at).load(validator.memberNo);
      if (!member?.isInGoodStanding) return "0";
      return capacityOf(BigInt(validator.selfStake), await tierInForce(validator, context))?.toString() ?? null;
    },
    netAprBps: async (validator: ValidatorNode, _args: None, context: Context) =>
      Math.floor((validator.grossAprBps * (10_000 - (await commissionAt(validator, context)))) / 10_000),
    commissionHistory: ({ validatorId, at }: ValidatorNode, _args: None, context: Context) =>
      commissions(context, at).load(validatorId),
    daily: ({ validatorId }: ValidatorNode, args: { days: number }, context: Context) =>
      daily(dayCount(args.days))(context).load(validatorId),
    consensusKeys: ({ validatorId }: ValidatorNode, _args: None, context: Context) => keys(context).load(validatorId),
    slashes: ({ validatorId, at }: ValidatorNode, _args: None, context: Context) =>
      slashes(context, at).load(validatorId),
  },
};
