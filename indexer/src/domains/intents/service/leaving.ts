import { rewardVaultAbi } from "@tburn/deployments/abi/reward-vault";
import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { encodeFunctionData } from "viem";
import { z } from "zod";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import type { Commit } from "../../../platform/http/idempotency/once.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { claimableOf } from "../../staking/service.ts";
import { worth } from "../pools.ts";
import { type ChainPosition, matureRequests, positionOf, positionsOf, validatorOf } from "../repository/mirror.ts";
import { LEAST_DELEGATION, leave, sharesFor, withTolerance } from "../rules.ts";
import { amount, wide } from "./inputs.ts";
import { act, command, event, prepared, requireMember, type Scene } from "./preparing.ts";

// Nobody is kept from leaving: neither identity, tier, sanction nor pause is looked at here. What is refused could not be
// carried out whoever asked for it.

/** Positions or exits that one transaction pays out: each costs gas. */
const MOST = 50;

const mayLeave = (actor: MemberActor, _input: object, now: Date) => permit(actor, leave, now, actor.memberId);

/** As the wallet sees it: more than there is. */
function overPosition(held: bigint): Problem {
  const errors = [{ field: "amount", message: `there are ${held} base units` }];
  return new Problem(422, "AMOUNT_OVER_POSITION", "there is less to take out than that", { errors });
}

async function ownStakeOut(scene: Scene, tokens: bigint): Promise<Commit> {
  const member = await requireMember(scene);
  const own = await validatorOf(scene.kit.pool, member.memberNo);
  if (!own) throw new Problem(404, "POSITION_NOT_FOUND", "you run no validator; name the position to take out of");
  const held = BigInt(own.selfStake);
  if (tokens > held) throw overPosition(held);
  const args = [own.validatorId, tokens] as const;
  const data = encodeFunctionData({ abi: stakingCoreAbi, functionName: "requestSelfExit", args });
  return prepared(scene, {
    kind: "UNSTAKE",
    account: member.owner,
    steps: [act(scene.kit, "StakingCore", data)],
    expected: event("TokensUnstaked", member.memberNo, { validatorId: own.validatorId, kind: 1, tokens }),
  });
}

async function delegationOut(scene: Scene, positionId: string, tokens: bigint): Promise<Commit> {
  const member = await requireMember(scene);
  const position = await positionOf(scene.kit.pool, member.memberNo, positionId);
  if (!position || position.shares === "0") throw new Problem(404, "POSITION_NOT_FOUND", "you have no such position");
  const held = worth(position);
  if (tokens > held) throw overPosition(held);
  const all = BigInt(position.shares);
  const shares = sharesFor(tokens, all, held);
  if (shares === 0n) throw new Problem(422, "AMOUNT_TOO_SMALL", "this is less than the smallest part; take out more");
  if (shares < all && position.hasLien) {
    throw new Problem(409, "LIEN_ACTIVE", "this position was moved lately: take all of it out, or wait");
  }
  if (shares < all && held - tokens < LEAST_DELEGATION) {
    const errors = [{ field: "amount", message: `leave ${LEAST_DELEGATION} base units, or take ${held}` }];
    throw new Problem(422, "REST_BELOW_MINIMUM", "what would be left is too small; take all of it out", { errors });
  }
  const args = [BigInt(positionId), shares, withTolerance(tokens)] as const;
  const data = encodeFunctionData({ abi: stakingCoreAbi, functionName: "undelegate", args });
  return prepared(scene, {
    kind: "UNSTAKE",
    account: member.owner,
    steps: [act(scene.kit, "StakingCore", data)],
    expected: event("TokensUnstaked", member.memberNo, { positionId, kind: 0, shares }),
  });
}

/** Asks for an exit: out of a delegation, or out of a validator's own stake if no position is named. */
export const unstake = command(
  "intents.unstake",
  z.strictObject({ positionId: wide.optional(), amount }),
  mayLeave,
  (scene, { positionId, amount: digits }) =>
    positionId === undefined ? ownStakeOut(scene, BigInt(digits)) : delegationOut(scene, positionId, BigInt(digits)),
);

const nothingToClaim = () => new Problem(409, "NOTHING_TO_CLAIM", "there is nothing to claim yet");

const claimable = (p: ChainPosition): bigint =>
  claimableOf(
    { shares: BigInt(p.shares), unpaid: BigInt(p.unpaid), accPaid: BigInt(p.accPaid) },
    BigInt(p.accumulator),
  );

async function positionRewards(scene: Scene, wanted: readonly string[] | undefined): Promise<Commit> {
  const member = await requireMember(scene);
  const mine = await positionsOf(scene.kit.pool, member.memberNo);
  if (wanted?.some((id) => !mine.some(({ positionId }) => positionId === id))) {
    throw new Problem(404, "POSITION_NOT_FOUND", "you have no such position");
  }
  const paying = mine.filter((p) => claimable(p) > 0n && (wanted?.includes(p.positionId) ?? true)).slice(0, MOST);
  const [first] = paying;
  if (!first) throw nothingToClaim();
  const args = [paying.map(({ positionId }) => BigInt(positionId))] as const;
  const data = encodeFunctionData({ abi: rewardVaultAbi, functionName: "claimRewards", args });
  return prepared(scene, {
    kind: "CLAIM_REWARDS",
    account: member.owner,
    steps: [act(scene.kit, "RewardVault", data)],
    // Each of them is paid in the one call, or none is.
    expected: event("RewardsClaimed", member.memberNo, { positionId: first.positionId }),
  });
}

async function commission(scene: Scene): Promise<Commit> {
  const member = await requireMember(scene);
  const own = await validatorOf(scene.kit.pool, member.memberNo);
  if (!own || own.unclaimed === "0") throw nothingToClaim();
  if (own.openCases > 0) {
    throw new Problem(409, "VALIDATOR_OPEN_CASE", "commissions wait until the case against your validator is closed");
  }
  const args = [own.validatorId] as const;
  const data = encodeFunctionData({ abi: rewardVaultAbi, functionName: "claimCommission", args });
  return prepared(scene, {
    kind: "CLAIM_COMMISSION",
    account: member.owner,
    steps: [act(scene.kit, "RewardVault", data)],
    expected: event("CommissionClaimed", member.memberNo, { validatorId: own.validatorId }),
  });
}

/** What has left and may be had now. While claims are paused, the chain lets them wait; nothing is refused here for that. */
async function exits(scene: Scene): Promise<Commit> {
  const member = await requireMember(scene);
  const [first, ...rest] = await matureRequests(scene.kit.pool, member.memberNo, scene.now, MOST);
  if (first === undefined) throw nothingToClaim();
  const args = [[first, ...rest].map(BigInt)] as const;
  const data = encodeFunctionData({ abi: stakingCoreAbi, functionName: "claim", args });
  return prepared(scene, {
    kind: "CLAIM_EXITS",
    account: member.owner,
    steps: [act(scene.kit, "StakingCore", data)],
    expected: event("UnstakeClaimed", member.memberNo, { requestId: first }),
  });
}

const sources = { positions: positionRewards, commission, exits };

/**
 * Claims what delegations have earned, all of them unless some are named; what the member's validator has; or exits that
 * are over.
 */
export const claimRewards = command(
  "intents.claim-rewards",
  z.union([
    z.strictObject({
      of: z.literal("positions").default("positions"),
      positionIds: z.array(wide).min(1).max(MOST).optional(),
    }),
    z.strictObject({ of: z.enum(["commission", "exits"]) }),
  ]),
  mayLeave,
  (scene, input) => sources[input.of](scene, "positionIds" in input ? input.positionIds : undefined),
);
