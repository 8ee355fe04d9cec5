import { stakingCoreAbi } from "@tburn/deployments/abi/staking-core";
import { tburnTokenAbi } from "@tburn/deployments/abi/tburn-token";
import { decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { z } from "zod";
import { permit } from "../../../platform/access/decide.ts";
import type { Commit } from "../../../platform/http/idempotency/once.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { tierName } from "../../identity/service.ts";
import { termsOf } from "../../validators/service.ts";
import { poolOf, worth } from "../pools.ts";
import type { Step } from "../repository/intents.ts";
import {
  balanceOf,
  type ChainMember,
  type ChainValidator,
  pausedUntil,
  positionOf,
  positionsOf,
  validatorById,
  validatorOf,
} from "../repository/mirror.ts";
import { LEAST_DELEGATION, stakeOwn, withTolerance } from "../rules.ts";
import { amount, validatorId, wide } from "./inputs.ts";
import { act, command, event, prepared, requireMember, type Scene } from "./preparing.ts";

/** Scopes of `IProtocolPause` that keep people from entering. */
const ENTRY = 0;
const REDELEGATION = 1;
/** `MemberStatus`: up to here a member may take on more. */
const PENDING = 1;
const INACTIVE = 3;

/** Whoever takes on more: known, in good standing, identified, while nothing stands still. */
async function requireEntrant(scene: Scene, level: number, scope: number): Promise<ChainMember> {
  const member = await requireMember(scene);
  if (member.status <= PENDING || member.status > INACTIVE) {
    throw new Problem(409, "MEMBER_NOT_ACTIVE", "this membership may not take on more now; what you have can leave");
  }
  if (member.kycLevel < level || member.kycValidUntil <= scene.now) {
    throw new Problem(
      409,
      "KYC_INSUFFICIENT",
      `identity level ${level} is asked for on the chain; verify yourself first`,
    );
  }
  if ((await pausedUntil(scene.kit.pool, scope)) > scene.now) {
    throw new Problem(409, "SCOPE_PAUSED", "this stands still by the guardian's order; try again when it is over");
  }
  return member;
}

/** Lets the core take exactly `tokens`, where it may not yet. A node that is away costs a needless approval at most. */
async function approvals({ kit }: Scene, owner: string, tokens: bigint): Promise<Step[]> {
  const { TBurnToken, StakingCore } = kit.contracts;
  const args = [owner as Hex, StakingCore.address] as const;
  const data = encodeFunctionData({ abi: tburnTokenAbi, functionName: "allowance", args });
  const allowed = await kit
    .ask("eth_call", [{ to: TBurnToken.address, data }, "latest"])
    .then((answer) => decodeFunctionResult({ abi: tburnTokenAbi, functionName: "allowance", data: answer as Hex }))
    .catch(() => 0n);
  if (allowed >= tokens) return [];
  const approve = { abi: tburnTokenAbi, functionName: "approve", args: [StakingCore.address, tokens] } as const;
  return [{ ...act(kit, "TBurnToken", encodeFunctionData(approve)), name: "approve" }];
}

async function requireBalance({ kit }: Scene, owner: string, tokens: bigint): Promise<void> {
  const held = await balanceOf(kit.pool, owner);
  if (held >= tokens) return;
  const errors = [{ field: "amount", message: `the wallet holds ${held} base units` }];
  throw new Problem(422, "AMOUNT_OVER_BALANCE", "the wallet holds less than that", { errors });
}

/** Own stake of the validator that the member runs. */
export const stake = command(
  "intents.stake",
  z.strictObject({ amount }),
  (actor, _input, now) => permit(actor, stakeOwn, now, actor.memberId),
  async (scene, input) => {
    const tokens = BigInt(input.amount);
    const member = await requireEntrant(scene, 2, ENTRY);
    const own = await validatorOf(scene.kit.pool, member.memberNo);
    if (!own) {
      throw new Problem(
        409,
        "VALIDATOR_NOT_REGISTERED",
        "only validators stake for themselves; delegate to one instead",
      );
    }
    await requireBalance(scene, member.owner, tokens);
    const args = [own.validatorId, tokens] as const;
    const data = encodeFunctionData({ abi: stakingCoreAbi, functionName: "depositSelf", args });
    return prepared(scene, {
      kind: "STAKE",
      account: member.owner,
      steps: [...(await approvals(scene, member.owner, tokens)), act(scene.kit, "StakingCore", data)],
      expected: event("TokensStaked", member.memberNo, { validatorId: own.validatorId, tokens }),
    });
  },
);

/** Whether the validator is there and at liberty. */
async function requireOpen({ kit }: Scene, id: number): Promise<ChainValidator> {
  const found = await validatorById(kit.pool, id);
  if (!found) throw new Problem(404, "VALIDATOR_NOT_FOUND", "there is no such validator");
  if (found.tombstoned)
    throw new Problem(409, "VALIDATOR_TOMBSTONED", "this validator is barred for good; choose another");
  if (found.jailedUntil !== null)
    throw new Problem(409, "VALIDATOR_JAILED", "this validator is jailed; choose another");
  if (found.openCases > 0) {
    throw new Problem(409, "VALIDATOR_OPEN_CASE", "a case against this validator is open; choose another, or wait");
  }
  return found;
}

/** What the validator's tier and own stake leave room for. @param held What the position is worth already. */
function requireRoom(v: ChainValidator, tokens: bigint, held: bigint | undefined): void {
  const isBarred = v.status > INACTIVE;
  const { capRatio, maxPositions } = termsOf(tierName(v.tier));
  const most = isBarred ? 0 : maxPositions;
  if (most !== null && v.positionCount + (held === undefined ? 1 : 0) > most) {
    throw new Problem(409, "VALIDATOR_FULL", "this validator takes no further delegation; choose another");
  }
  const ratio = isBarred ? 0n : capRatio;
  const room = ratio === null ? undefined : BigInt(v.selfStake) * ratio - BigInt(v.poolTokens);
  if (room !== undefined && tokens > room) {
    const errors = [{ field: "amount", message: `there is room for ${room > 0n ? room : 0n} base units` }];
    throw new Problem(422, "CAPACITY_EXCEEDED", "this validator's own stake does not carry as much", { errors });
  }
  const least = BigInt(v.minDelegation) > LEAST_DELEGATION ? BigInt(v.minDelegation) : LEAST_DELEGATION;
  // One unit below is rounding, not too small a delegation (`StakingCore._enterPool`).
  if ((held ?? 0n) + tokens + 1n < least) {
    const errors = [{ field: "amount", message: `this validator takes ${least} base units at least` }];
    throw new Problem(422, "BELOW_MINIMUM", "the delegation would be too small", { errors });
  }
}

/** Fewest shares that `tokens` must bring, as the dApp counts them. */
function leastShares(v: ChainValidator, tokens: bigint): bigint {
  const pool = poolOf(v);
  return withTolerance(pool.tokens === 0n ? tokens : (tokens * pool.shares) / pool.tokens);
}

async function delegated(scene: Scene, to: number, tokens: bigint): Promise<Commit> {
  const member = await requireEntrant(scene, 1, ENTRY);
  const target = await requireOpen(scene, to);
  const mine = (await positionsOf(scene.kit.pool, member.memberNo)).find(
    (p) => p.validatorId === to && p.gen === p.poolGen && p.shares !== "0",
  );
  requireRoom(target, tokens, mine && worth(mine));
  await requireBalance(scene, member.owner, tokens);
  const args = [to, tokens, leastShares(target, tokens)] as const;
  const data = encodeFunctionData({ abi: stakingCoreAbi, functionName: "delegate", args });
  return prepared(scene, {
    kind: "DELEGATE",
    account: member.owner,
    steps: [...(await approvals(scene, member.owner, tokens)), act(scene.kit, "StakingCore", data)],
    expected: event("StakeDelegated", member.memberNo, { validatorId: to, tokens }),
  });
}

/** Moves a whole position: the chain moves no part of one. */
async function redelegated(scene: Scene, to: number, positionId: string): Promise<Commit> {
  const member = await requireEntrant(scene, 1, REDELEGATION);
  const from = await positionOf(scene.kit.pool, member.memberNo, positionId);
  if (!from || from.shares === "0") throw new Problem(404, "POSITION_NOT_FOUND", "you have no such position");
  if (from.validatorId === to) throw new Problem(422, "SAME_VALIDATOR", "the position is at this validator already");
  if (from.hasLien) {
    throw new Problem(
      409,
      "LIEN_ACTIVE",
      "this position was moved lately and is still answerable for where it was; wait",
    );
  }
  const target = await requireOpen(scene, to);
  const tokens = worth(from);
  requireRoom(target, tokens, undefined);
  const args = [BigInt(positionId), to, leastShares(target, tokens)] as const;
  const data = encodeFunctionData({ abi: stakingCoreAbi, functionName: "redelegate", args });
  return prepared(scene, {
    kind: "REDELEGATE",
    account: member.owner,
    steps: [act(scene.kit, "StakingCore", data)],
    expected: event("Redelegated", member.memberNo, { positionId, dst: to }),
  });
}

/** Delegates tokens, or moves a whole position from another validator. */
export const delegate = command(
  "intents.delegate",
  z.union([z.strictObject({ validatorId, amount }), z.strictObject({ validatorId, fromPositionId: wide })]),
  (actor, _input, now) => permit(actor, stakeOwn, now, actor.memberId),
  (scene, input) =>
    "amount" in input
      ? delegated(scene, input.validatorId, BigInt(input.amount))
      : redelegated(scene, input.validatorId, input.fromPositionId),
);
