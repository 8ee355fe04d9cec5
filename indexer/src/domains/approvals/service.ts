import { randomUUID } from "node:crypto";
import { type Actor, system } from "../../platform/access/actor.ts";
import { granted, permit } from "../../platform/access/decide.ts";
import type { MemberActor } from "../../platform/access/door.ts";
import { type Sql, transaction } from "../../platform/db/pool.ts";
import type { ApprovalKind, ApprovalKinds, Kit, Proposal } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import {
  type Approval,
  addressesOf,
  decideApproval,
  insertApproval,
  listApprovals,
  lockApproval,
  takeOverdue,
} from "./repository.ts";
import { decideApprovals, OPEN_MS, type Outcome, refusalOf, seeApprovals, withdrawApprovals } from "./rules.ts";

const refusals = {
  DECIDED: () => new Problem(409, "APPROVAL_DECIDED", "this proposal has been decided; look at what came of it"),
  EXPIRED: () => new Problem(409, "APPROVAL_EXPIRED", "this proposal's time is over; propose it anew"),
  SELF: () => new Problem(403, "APPROVAL_SELF", "whoever proposed it cannot decide it; another person must"),
};

/**
 * Proposes what another person has to decide, in the caller's transaction; the caller has asked `permit`.
 * @throws {Problem} 409 APPROVAL_OPEN if the same is proposed for the same subject already
 */
export async function propose(
  sql: Sql,
  { clock, audit }: Pick<Kit, "clock" | "audit">,
  actor: MemberActor,
  { kind, subjectId, detail, expiresAt }: Proposal & { expiresAt?: Date },
): Promise<{ approvalId: string }> {
  const at = clock();
  const id = randomUUID();
  const until = expiresAt ?? new Date(at.getTime() + OPEN_MS);
  const row = { id, kind, subjectId, detail, proposedBy: actor.memberId, proposedAt: at, expiresAt: until };
  if (!(await insertApproval(sql, row))) {
    throw new Problem(409, "APPROVAL_OPEN", "the same is proposed already and waits for a decision");
  }
  await audit.append(sql, actor, { action: `${kind}.propose`, subjectId, detail: { approvalId: id } }, at);
  return { approvalId: id };
}

/**
 * Ends a proposal that what happened meanwhile has made void, in the caller's transaction and before the caller locks
 * what it is about. One that was decided stays as it is.
 */
export async function lapse(sql: Sql, { clock, audit }: Pick<Kit, "clock" | "audit">, id: string): Promise<void> {
  const approval = await lockApproval(sql, id);
  if (!approval || approval.outcome !== null) return;
  const at = clock();
  await decideApproval(sql, id, { by: null, at, outcome: "withdrawn", reason: null });
  const act = { action: `${approval.kind}.withdrawn`, subjectId: approval.subjectId, detail: { approvalId: id } };
  await audit.append(sql, system, act, at);
}

/** A proposal as the staff sees it; wallets are null where it is about no member, or nobody spoke. */
export interface Listed extends Approval {
  subjectAddress: string | null;
  proposedByAddress: string | null;
  decidedByAddress: string | null;
  /** Whether a role of the reader may decide such. */
  isMyRole: boolean;
}

/** What was proposed, and its decision by somebody else. */
export class Approvals {
  readonly #kit: Kit;
  readonly #kinds: ApprovalKinds;

  constructor(kit: Kit, kinds: ApprovalKinds) {
    this.#kit = kit;
    this.#kinds = kinds;
  }

  /** What waits, or was decided, with the wallets of whom it is about and of who spoke. */
  async list(actor: Actor, open: boolean): Promise<Listed[]> {
    permit(actor, seeApprovals, this.#kit.clock());
    const { pool } = this.#kit;
    const found = await listApprovals(pool, open, 200);
    const people = found.flatMap((one) => [one.subjectId, one.proposedBy, one.decidedBy ?? []].flat());
    const addresses = await addressesOf(pool, [...new Set(people)]);
    const addressOf = (id: string | null) => (id && addresses.get(id)) || null;
    return found.map((one) => ({
      ...one,
      subjectAddress: addressOf(one.subjectId),
      proposedByAddress: addressOf(one.proposedBy),
      decidedByAddress: addressOf(one.decidedBy),
      isMyRole: granted(actor, this.#kinds[one.kind]?.verb.may),
    }));
  }

  /**
   * Approves or rejects; what was approved is carried out in the same transaction.
   * @throws {Problem} 404 APPROVAL_NOT_FOUND, 409 APPROVAL_DECIDED or APPROVAL_EXPIRED, 403 APPROVAL_SELF
   */
  async decide(
    actor: MemberActor,
    id: string,
    verdict: { approve: boolean; reason: string },
    requestId: string,
  ): Promise<Approval> {
    const at = this.#kit.clock();
    permit(actor, decideApprovals, at);
    return transaction(this.#kit.pool, async (sql) => {
      const [approval, kind] = await this.#open(sql, id, actor.memberId, at);
      permit(actor, kind.verb, at);
      await this.#end(sql, approval, kind, actor, verdict.approve ? "approved" : "rejected", verdict.reason, requestId);
      return { ...approval, outcome: verdict.approve ? "approved" : "rejected" };
    });
  }

  /** Takes one's own proposal back. @throws {Problem} as `decide`, 403 for another's */
  async withdraw(actor: MemberActor, id: string, requestId: string): Promise<void> {
    const at = this.#kit.clock();
    permit(actor, withdrawApprovals, at);
    await transaction(this.#kit.pool, async (sql) => {
      const [approval, kind] = await this.#open(sql, id, undefined, at);
      if (approval.proposedBy !== actor.memberId) {
        throw new Problem(403, "FORBIDDEN", "only whoever proposed it can take it back");
      }
      await this.#end(sql, approval, kind, actor, "withdrawn", null, requestId);
    });
  }

  /** Ends what nobody decided in time. @returns how many */
  async expire(): Promise<number> {
    const at = this.#kit.clock();
    return transaction(this.#kit.pool, async (sql) => {
      const overdue = await takeOverdue(sql, at, 100);
      for (const approval of overdue) {
        await this.#end(sql, approval, this.#kinds[approval.kind], system, "expired", null, undefined);
      }
      return overdue.length;
    });
  }

  async #open(sql: Sql, id: string, decider: string | undefined, at: Date): Promise<[Approval, ApprovalKind]> {
    const approval = await lockApproval(sql, id);
    const kind = approval && this.#kinds[approval.kind];
    if (!approval || !kind) throw new Problem(404, "APPROVAL_NOT_FOUND", "there is no such proposal");
    const refused = refusalOf(approval, decider ?? "", at);
    if (refused) throw refusals[refused]();
    return [approval, kind];
  }

  async #end(
    sql: Sql,
    approval: Approval,
    kind: ApprovalKind | undefined,
    actor: Actor,
    outcome: Outcome,
    reason: string | null,
    requestId: string | undefined,
  ): Promise<void> {
    const at = this.#kit.clock();
    await decideApproval(sql, approval.id, { by: actor.memberId ?? null, at, outcome, reason });
    if (outcome === "approved") await kind?.carryOut(sql, this.#kit, approval, actor);
    else await kind?.dropped?.(sql, this.#kit, approval, actor);
    const act = {
      action: `${approval.kind}.${outcome}`,
      subjectId: approval.subjectId,
      detail: { approvalId: approval.id },
    };
    await this.#kit.audit.append(sql, actor, { ...act, ...(requestId && { requestId }) }, at);
  }
}
