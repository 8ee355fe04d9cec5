import type { Context } from "../../platform/graphql/context.ts";
import { pauses, series, totals } from "./repository.ts";
import { aprBps } from "./service.ts";

const RATE_DAYS = 30;

async function networkStats(_root: unknown, _args: unknown, context: Context) {
  const [row, recent, asOfBlock] = await Promise.all([
    totals(context.read),
    series(context.read, RATE_DAYS),
    context.asOfBlock(),
  ]);
  const self = BigInt(row?.self_stake ?? 0);
  const delegated = BigInt(row?.delegated ?? 0);
  const rewards = recent.reduce((sum, day) => sum + BigInt(day.rewards), 0n);
  const [first, last] = [recent[0], recent.at(-1)];
  const span = first && last ? Number(last.day) - Number(first.day) + 1 : 0;
  return {
    asOfBlock,
    supply: row?.supply ?? "0",
    burned: row?.burned ?? "0",
    selfStake: String(self),
    delegated: String(delegated),
    totalStake: String(self + delegated),
    rewardsCredited: row?.rewards_credited ?? "0",
    aprBps: aprBps(rewards, self + delegated, span),
    memberCount: Number(row?.members ?? 0),
    validatorCount: Number(row?.validators ?? 0),
    activeValidatorCount: Number(row?.active_validators ?? 0),
    openPositionCount: Number(row?.open_positions ?? 0),
  };
}

const scopes = ["ENTRY", "REDELEGATION", "REWARDS", "SLASHING", "EXIT", "CLAIM"];
const MOST_PAUSES = 50;

export const resolvers = {
  Query: {
    networkStats,
    pauses: async (_root: unknown, _args: unknown, context: Context) =>
      (await pauses(context.read, MOST_PAUSES)).map((row) => ({
        scope: scopes[row.scope],
        since: Number(row.since),
        until: Number(row.until),
        reason: row.reason,
        blockNumber: Number(row.block_number),
      })),
  },
  NetworkStats: {
    daily: async (_stats: unknown, { days }: { days: number }, context: Context) => {
      const rows = await series(context.read, Math.min(Math.max(days, 1), 366));
      return rows.map((row) => ({ ...row, day: Number(row.day), selfStake: row.self_stake }));
    },
  },
};
