import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import { decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { z } from "zod";
import { permit } from "../../../platform/access/decide.ts";
import { newestBlock } from "../../../platform/db/mirror/state.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { ApprovalKind, Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { propose } from "../../approvals/service.ts";
import { latestSuspension, suspensionReasons } from "../../suspensions/service.ts";
import { type ChainMember, memberOfAccount, validatorOf } from "../repository/mirror.ts";
import { decideSuspension, proposeSuspension, restoreObstacles, restoreOthers, restoreOwn } from "../rules.ts";
import { hash } from "./inputs.ts";
import { act, command, event, keepIntent, prepared, type Scene } from "./preparing.ts";

export const SUSPENSION_KIND = "intents.suspend";
/** `MemberStatus.Suspended`. */
const SUSPENDED = 4;

/** Reasons of the staff's; an emergency is the guardian's alone. */
const staffReason = z.enum(suspensionReasons).exclude(["EMERGENCY"]);

const detailSchema = z.strictObject({
  reason: staffReason,
  /** Hash of the evidence, which stays off chain. */
  evidenceHash: hash.refine((given) => !/^0x0*$/.test(given), "the hash of some evidence"),
  durationSeconds: z
    .int()
    .min(1)
    .max(180 * 86_400),
});

/** @throws {Problem} 404 MEMBER_NOT_FOUND, 409 MEMBER_NOT_ON_CHAIN */
async function chainMember(sql: Sql, memberId: string): Promise<ChainMember> {
  const found = await memberOfAccount(sql, memberId);
  if (found === undefined) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
  if (found) return found;
  throw new Problem(
    409,
    "MEMBER_NOT_ON_CHAIN",
    "this member is not registered on the chain; nothing can be done there",
  );
}

async function requireSuspendable(sql: Sql, { memberNo, status }: ChainMember): Promise<void> {
  if (status > 0 && status < SUSPENDED) return;
  // A suspension by the staff takes the place of the guardian's.
  if (status === SUSPENDED && (await latestSuspension(sql, memberNo))?.reason === "EMERGENCY") return;
  throw new Problem(409, "MEMBER_NOT_SUSPENDABLE", "this member is under a sanction already");
}

/** @throws {Problem} 422 SUSPENSION_TOO_LONG, 503 CHAIN_UNAVAILABLE */
async function requireCap({ kit }: Scene, reason: z.infer<typeof staffReason>, seconds: number): Promise<void> {
  const args = [suspensionReasons.indexOf(reason)] as const;
  const data = encodeFunctionData({ abi: suspensionManagerAbi, functionName: "capOf", args });
  const asked = kit.ask("eth_call", [{ to: kit.contracts.SuspensionManager.address, data }, "latest"]);
  const answer = await asked.catch(() => {
    throw new Problem(503, "CHAIN_UNAVAILABLE", "no node of the chain answers; try again");
  });
  const cap = decodeFunctionResult({ abi: suspensionManagerAbi, functionName: "capOf", data: answer as Hex });
  if (seconds <= cap) return;
  const errors = [{ field: "durationSeconds", message: `${cap} seconds at most for ${reason}` }];
  throw new Problem(422, "SUSPENSION_TOO_LONG", "this reason carries no suspension as long", { errors });
}

/** Proposes to suspend a member. Another officer decides, and only a signed transaction suspends. */
export const suspendMember = command(
  "intents.suspend",
  z.strictObject({ memberId: z.uuid(), ...detailSchema.shape }),
  (actor, _input, now) => permit(actor, proposeSuspension, now),
  async (scene, { memberId, ...detail }) => {
    const { kit, actor } = scene;
    const member = await chainMember(kit.pool, memberId);
    await requireSuspendable(kit.pool, member);
    await requireCap(scene, detail.reason, detail.durationSeconds);
    return async (sql) => {
      const { approvalId } = await propose(sql, kit, actor, { kind: SUSPENSION_KIND, subjectId: memberId, detail });
      return { status: 202, body: { approvalId } };
    };
  },
);

async function suspensionIntent(sql: Sql, kit: Kit, decider: string, subjectId: string, raw: unknown) {
  if (decider === subjectId) throw new Problem(403, "SUSPENSION_OWN", "nobody decides about themselves");
  const { reason, evidenceHash, durationSeconds } = detailSchema.parse(raw);
  const member = await chainMember(sql, subjectId);
  await requireSuspendable(sql, member);
  const kind = suspensionReasons.indexOf(reason);
  const args = [BigInt(member.memberNo), kind, evidenceHash as Hex, durationSeconds] as const;
  const data = encodeFunctionData({ abi: suspensionManagerAbi, functionName: "suspend", args });
  const told = { memberNo: member.memberNo, reason: kind, evidenceHash: evidenceHash.toLowerCase() };
  return { steps: [act(kit, "SuspensionManager", data)], expected: event("MemberSuspended", member.memberNo, told) };
}

/** The second officer's word: makes the transaction that a holder of the contracts' compliance role signs. */
export const suspensionApproval: ApprovalKind = {
  verb: decideSuspension,
  carryOut: async (sql, kit, { id, subjectId, detail }, actor) => {
    const { memberId } = actor;
    if (memberId === undefined) throw new Error("a suspension is decided by a person");
    const { steps, expected } = await suspensionIntent(sql, kit, memberId, subjectId, detail);
    const fromBlock = (await newestBlock(sql))?.number ?? 0;
    const draft = { kind: "SUSPEND" as const, account: null, steps, expected };
    // Under the proposal's number, so that whoever decided finds it.
    await keepIntent(sql, kit, { ...actor, memberId }, { draft, fromBlock, id });
  },
};

/** Ends a suspension whose time is over and against which nothing stands. The chain lets anybody do it. */
export const restoreMember = command(
  "intents.restore",
  z.strictObject({ memberId: z.uuid() }),
  (actor, { memberId }, now) =>
    permit(actor, actor.roles.size > 0 && actor.memberId !== memberId ? restoreOthers : restoreOwn, now, memberId),
  async (scene, { memberId }) => {
    const { kit, actor, now } = scene;
    const member = await chainMember(kit.pool, memberId);
    const current = member.status === SUSPENDED ? await latestSuspension(kit.pool, member.memberNo) : undefined;
    if (!current) throw new Problem(409, "MEMBER_NOT_SUSPENDED", "this member is not suspended");
    const own = await validatorOf(kit.pool, member.memberNo);
    const hasKyc = member.kycLevel > 0 && member.kycValidUntil > now;
    const obstacles = restoreObstacles({
      ...{ now, endsAt: current.endsAt, frozenUntil: member.frozenUntil },
      needsKyc: current.reason === "KYC_VIOLATION" && current.state !== "OVERTURNED" && !hasKyc,
      hasOpenCase: (own?.openCases ?? 0) > 0,
    });
    if (obstacles.length > 0) {
      const errors = obstacles.map((obstacle) => ({ field: "checklist", message: obstacle }));
      throw new Problem(409, "RESTORE_NOT_CLEAR", "something still stands against it; see the checklist", { errors });
    }
    const args = [BigInt(member.memberNo)] as const;
    const data = encodeFunctionData({ abi: suspensionManagerAbi, functionName: "restore", args });
    return prepared(scene, {
      kind: "RESTORE",
      account: actor.address,
      steps: [act(kit, "SuspensionManager", data)],
      expected: event("MemberRestored", member.memberNo, { suspensionId: current.suspensionId }),
    });
  },
);
