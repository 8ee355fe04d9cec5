import type { Actor } from "../../../platform/access/actor.ts";
import { permit } from "../../../platform/access/decide.ts";
import { acrossMembers } from "../../../platform/access/scope.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { nodeShown, nodeTold } from "../node/standing.ts";
import { codeFor } from "../repository/codes.ts";
import { queuePosition } from "../repository/queues.ts";
import { type Registration, registrationsOf, stepsOf } from "../repository/registrations.ts";
import { CODE_ATTEMPTS, leastStake, openTo, RESEND_MS, readAll, tiers } from "../rules.ts";
import type { Facts } from "./observing.ts";

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

async function codeShown(sql: Sql, r: Registration) {
  if (r.state !== "EMAIL_PENDING" && r.state !== "PHONE_PENDING") return null;
  const kind = r.state === "EMAIL_PENDING" ? "email" : "phone";
  const code = await codeFor(sql, r.memberId, r.id, kind);
  if (!code || code.spentAt) return null;
  return {
    kind,
    attemptsLeft: CODE_ATTEMPTS - code.attempts,
    expiresAt: iso(code.expiresAt),
    resendAt: iso(new Date(code.createdAt.getTime() + RESEND_MS)),
  };
}

const stakeShown = (r: Registration, { stake, mirrored }: Facts) =>
  tiers[r.tier].track === "basic"
    ? null
    : {
        least: String(leastStake(r.tier)),
        asked: r.stakeAmount === null ? null : String(r.stakeAmount),
        held: String(mirrored?.seen ?? 0n),
        standing: stake,
        block: r.stakeBlock,
        tx: r.stakeTx,
      };

/** A registration as its member sees it: no address, so that answers can be kept and repeated. */
export async function shown(sql: Sql, r: Registration, facts: Facts, { phones, clock }: Pick<Kit, "phones" | "clock">) {
  const asksPhone = phones !== undefined;
  return {
    id: r.id,
    state: r.state,
    tier: r.tier,
    language: r.language,
    /** What the member can do now. */
    open: openTo(r.tier, r.state).filter((step) => asksPhone || (step !== "phone" && step !== "verify-phone")),
    startedAt: iso(r.startedAt),
    deadline: iso(r.deadline),
    code: await codeShown(sql, r),
    kycLevel: facts.kyc.level,
    kycNeeded: tiers[r.tier].kyc,
    reapplyAfter: iso(r.reapplyAfter),
    stake: stakeShown(r, facts),
    node: await nodeShown(sql, r, clock()),
    queuePosition: r.state === "PENDING_APPROVAL" ? await acrossMembers(() => queuePosition(sql, r)) : null,
  };
}

/**
 * A member's ways in, the newest first, as the staff sees them: where each stands and how it came there. That they were
 * looked at is written down.
 */
export async function seenByStaff(
  { pool, clock, audit, seals }: Pick<Kit, "pool" | "clock" | "audit" | "seals">,
  actor: Actor,
  memberId: string,
  requestId: string,
) {
  const at = clock();
  permit(actor, readAll, at);
  await audit.append(pool, actor, { action: readAll.name, subjectId: memberId, requestId }, at);
  const steps = await stepsOf(pool, memberId);
  const all = (await registrationsOf(pool, memberId)).map(async (r) => ({
    ...{ id: r.id, state: r.state, tier: r.tier, language: r.language },
    ...{ startedAt: iso(r.startedAt), deadline: iso(r.deadline), reapplyAfter: iso(r.reapplyAfter) },
    stakeAsked: r.stakeAmount === null ? null : String(r.stakeAmount),
    node: await nodeTold(pool, { seals, clock }, r),
    steps: steps
      .filter(({ registrationId }) => registrationId === r.id)
      .map((step) => ({ command: step.command, state: step.state, at: iso(step.at) })),
  }));
  return Promise.all(all);
}

export type Shown = Awaited<ReturnType<typeof shown>>;
