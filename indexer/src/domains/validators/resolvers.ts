import DataLoader from "dataloader";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { aprBps } from "../network/rules.ts";
import {
  byIds,
  commissionChanges,
  days,
  type Filter,
  list,
  type SortField,
  slashesOf,
  type ValidatorRow,
} from "./repository.ts";
import { capacityOf, commissionInForce, tierOf } from "./rules.ts";

const RATE_DAYS = 30;
const asNumber = (value: string | null) => (value === null ? null : Number(value));

/** A validator as the API tells it. */
export function validatorNode(row: ValidatorRow) {
  const self = BigInt(row.self_stake);
  const tier = tierOf(self, row.kyc_level);
  const commissionBps = commissionInForce(row.commission_bps, tier);
  const gross = aprBps(BigInt(row.recent_rewards), BigInt(row.total_stake), RATE_DAYS);
  return {
    validatorId: Number(row.validator_id),
    memberNo: Number(row.member_no),
    name: row.name,
    active: row.active,
    tier,
    tombstoned: row.tombstoned,
    jailedUntil: asNumber(row.jailed_until),
    openCases: row.open_cases,
    commissionBps,
    maxCommissionBps: row.max_commission_bps,
    pendingCommission:
      row.pending_bps === null
        ? null
        : { bps: row.pending_bps, executableAt: asNumber(row.pending_from), expiresAt: asNumber(row.pending_until) },
    minDelegation: row.min_delegation,
    selfStake: row.self_stake,
    delegatedStake: row.pool_tokens,
    totalStake: row.total_stake,
    capacity: capacityOf(self, tier)?.toString() ?? null,
    positionCount: row.position_count,
    rewardsTotal: row.rewards_total,
    netAprBps: Math.floor((gross * (10_000 - commissionBps)) / 10_000),
    registeredAt: Number(row.registered_at),
    rank: Number(row.rank),
    pool: { tokens: BigInt(row.pool_tokens), shares: BigInt(row.pool_shares), gen: row.pool_gen },
    accumulatorRay: BigInt(row.accumulator_ray),
  };
}

export type ValidatorNode = ReturnType<typeof validatorNode>;

/** Validators by id, batched per request. */
export const validatorLoader = (context: Context) =>
  context.once("validators", () => {
    const load = async (ids: readonly number[]) => {
      const found = new Map(
        (await byIds(context.read, ids)).map((row) => [Number(row.validator_id), validatorNode(row)]),
      );
      return ids.map((id) => found.get(id) ?? null);
    };
    return new DataLoader<number, ValidatorNode | null>(load);
  });

interface ListArgs extends PageArgs {
  filter?: Filter | null;
  sort?: { field: SortField; direction: "ASC" | "DESC" } | null;
}

async function validators(_root: unknown, args: ListArgs, context: Context) {
  const page = pageOf(args, 2);
  const sort = args.sort ?? { field: "TOTAL_STAKE", direction: "DESC" };
  const [{ rows, totalCount, keyOf }, asOfBlock] = await Promise.all([
    list(context.read, args.filter ?? {}, sort, page),
    context.asOfBlock(),
  ]);
  const found = connection(rows, page, keyOf, asOfBlock);
  const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: validatorNode(node) }));
  return { ...found, edges, nodes: edges.map((edge) => edge.node), totalCount };
}

export const resolvers = {
  Query: {
    validator: (_root: unknown, { validatorId }: { validatorId: number }, context: Context) =>
      validatorLoader(context).load(validatorId),
    validators,
    validatorLeaderboard: async (_root: unknown, { limit }: { limit: number }, context: Context) => {
      const page = pageOf({ first: limit }, 2);
      const { rows } = await list(context.read, {}, { field: "TOTAL_STAKE", direction: "DESC" }, page);
      return rows.slice(0, limit).map(validatorNode);
    },
  },
  Validator: {
    commissionHistory: async ({ validatorId }: ValidatorNode, _args: unknown, context: Context) =>
      (await commissionChanges(context.read, validatorId)).map((row) => ({
        fromBps: row.from_bps,
        toBps: row.to_bps,
        at: Number(row.block_time),
        blockNumber: Number(row.block_number),
      })),
    daily: async ({ validatorId }: ValidatorNode, args: { days: number }, context: Context) =>
      (await days(context.read, validatorId, Math.min(Math.max(args.days, 1), 366))).map((row) => ({
        day: Number(row.day),
        totalStake: row.total_stake,
        rewards: row.rewards,
      })),
    slashes: async ({ validatorId }: ValidatorNode, _args: unknown, context: Context) =>
      (await slashesOf(context.read, validatorId)).map((row) => ({
        ...row,
        at: Number(row.block_time),
        faultAt: Number(row.tau),
        blockNumber: Number(row.block_number),
      })),
  },
};
