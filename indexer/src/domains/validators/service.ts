import DataLoader from "dataloader";
import type { Context } from "../../platform/graphql/context.ts";
import type { Moment } from "../../platform/graphql/past.ts";
import { asNumber } from "../../platform/graphql/rows.ts";
import { type MemberTier, memberLoader } from "../identity/service.ts";
import { aprBps } from "../network/service.ts";
import { byIds, type ValidatorRow } from "./repository.ts";
import { commissionInForce, type Terms, terms } from "./rules.ts";

const RATE_DAYS = 30;
/** A validator as the API tells it. */
export function validatorNode(row: ValidatorRow, at: Moment) {
  return {
    at,
    validatorId: Number(row.validator_id),
    memberNo: Number(row.member_no),
    name: row.name,
    active: row.active,
    tombstoned: row.tombstoned,
    jailedUntil: asNumber(row.jailed_until),
    openCases: row.open_cases,
    maxCommissionBps: row.max_commission_bps,
    pendingCommission:
      row.pending_bps === null
        ? null
        : { bps: row.pending_bps, executableAt: asNumber(row.pending_from), expiresAt: asNumber(row.pending_until) },
    minDelegation: row.min_delegation,
    selfStake: row.self_stake,
    delegatedStake: row.pool_tokens,
    totalStake: row.total_stake,
    positionCount: row.position_count,
    rewardsTotal: row.rewards_total,
    unclaimedCommission: row.unclaimed_commission,
    unclaimedSelfRewards: row.unclaimed_self_rewards,
    registeredAt: Number(row.registered_at),
    rank: Number(row.rank),
    pool: { tokens: BigInt(row.pool_tokens), shares: BigInt(row.pool_shares), gen: row.pool_gen },
    accumulatorRay: BigInt(row.accumulator_ray),
    keep: BigInt(row.keep),
    declaredBps: row.commission_bps,
    grossAprBps: aprBps(BigInt(row.recent_rewards), BigInt(row.total_stake), RATE_DAYS),
  };
}

export type ValidatorNode = ReturnType<typeof validatorNode>;

/** Validators by id, batched per answer. @param at Block of whose state they are. */
export const validatorLoader = (context: Context, at: Moment = undefined) =>
  context.once(`validators:${at?.number}`, () => {
    const load = async (ids: readonly number[]) => {
      const rows = await byIds(context.read, ids, at);
      const found = new Map(rows.map((row) => [Number(row.validator_id), validatorNode(row, at)]));
      return ids.map((id) => found.get(id) ?? null);
    };
    return new DataLoader<number, ValidatorNode | null>(load);
  });

/** Tier that the engine has in force for the validator's member. */
export async function tierInForce(validator: ValidatorNode, context: Context): Promise<MemberTier> {
  return (await memberLoader(context, validator.at).load(validator.memberNo))?.tier ?? "BASIC_USER";
}

/** Commission in force at the block whose state the validator is, basis points. */
export async function commissionAt(validator: ValidatorNode, context: Context): Promise<number> {
  return commissionInForce(validator.declaredBps, await tierInForce(validator, context));
}

/** What a tier allows its validators. */
export const termsOf = (tier: MemberTier): Terms => terms[tier];

/** Commission in force of what was declared, basis points. */
export const clampedCommission = (declared: number, tier: MemberTier): number => commissionInForce(declared, tier);
