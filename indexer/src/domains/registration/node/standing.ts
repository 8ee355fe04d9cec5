import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { ownValidator } from "../repository/mirror.ts";
import { latestCheck, putWaiver, waiverOf } from "../repository/nodes.ts";
import { lockRegistration, type Registration } from "../repository/registrations.ts";
import { isClosed, needsDecision, nodeStateOf, seeNode, waiveNode } from "../rules.ts";
import { notFound } from "../service/steps.ts";
import { placeOf, reasonOf } from "./places.ts";

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

/** Where a node stands, without where it is: answers that are kept hold no address. */
export async function nodeShown(sql: Sql, { memberId, id, tier }: Registration, now: Date) {
  if (!needsDecision(tier)) return null;
  const check = await latestCheck(sql, memberId, id);
  const validator = await ownValidator(sql, memberId);
  return {
    state: nodeStateOf(check, validator?.consensusKey, now),
    validatorId: validator?.validatorId ?? null,
    askedAt: iso(check?.askedAt),
    expiresAt: iso(check?.expiresAt),
    endedAt: iso(check?.endedAt),
  };
}

/** As `nodeShown`, with where it is and what an officer said of it: for its member (without the officer's words) and the staff. */
export async function nodeTold(sql: Sql, { seals, clock }: Pick<Kit, "seals" | "clock">, r: Registration) {
  const shown = await nodeShown(sql, r, clock());
  if (!shown) return null;
  const check = await latestCheck(sql, r.memberId, r.id);
  const waiver = await waiverOf(sql, r.memberId, r.id);
  return {
    ...shown,
    endpoint: check ? await seals.open("profile", placeOf(check), check.sealedEndpoint) : null,
    waivedAt: iso(waiver?.at),
    waivedBecause: waiver ? await seals.open("profile", reasonOf(r.memberId, r.id), waiver.sealedReason) : null,
  };
}

/** A member's own node, with where it was asked last. @throws {Problem} 404 */
export async function ownNode(kit: Kit, actor: MemberActor, registrationId: string) {
  permit(actor, seeNode, kit.clock(), actor.memberId);
  return transaction(kit.pool, async (sql) => {
    const r = await lockRegistration(sql, actor.memberId, registrationId);
    const told = r && (await nodeTold(sql, kit, r));
    if (!told) throw notFound();
    const { waivedBecause: _, ...own } = told;
    return own;
  });
}

/**
 * Says that an applicant's node need not answer, and why.
 * @throws {Problem} 403 NODE_WAIVER_SELF, 404, 409 STEP_OUT_OF_ORDER for what has ended or has no node
 */
export async function waive(
  kit: Kit,
  actor: MemberActor,
  { memberId, registrationId, reason }: { memberId: string; registrationId: string; reason: string },
  requestId: string,
): Promise<void> {
  const at = kit.clock();
  permit(actor, waiveNode, at);
  if (actor.memberId === memberId) {
    throw new Problem(403, "NODE_WAIVER_SELF", "nobody waives their own node; another officer must");
  }
  const sealedReason = await kit.seals.seal("profile", reasonOf(memberId, registrationId), reason);
  await transaction(kit.pool, async (sql) => {
    const r = await lockRegistration(sql, memberId, registrationId);
    if (!r) throw notFound();
    if (isClosed(r.state) || !needsDecision(r.tier)) {
      throw new Problem(409, "STEP_OUT_OF_ORDER", "no node is waited for here any more");
    }
    await putWaiver(sql, memberId, registrationId, { waivedBy: actor.memberId, sealedReason, at });
    const act = { action: waiveNode.name, subjectId: memberId, requestId, detail: { registrationId } };
    await kit.audit.append(sql, actor, act, at);
  });
}

/** @throws {Problem} 409 NODE_NOT_ANSWERED where neither a node has answered nor an officer said that it need not */
export async function requireNode(sql: Sql, kit: Pick<Kit, "clock">, r: Registration): Promise<void> {
  const shown = await nodeShown(sql, r, kit.clock());
  if (!shown || shown.state === "ANSWERED" || (await waiverOf(sql, r.memberId, r.id))) return;
  throw new Problem(
    409,
    "NODE_NOT_ANSWERED",
    `the node has not shown that it holds the validator's key (${shown.state}); have it asked again, or say why it need not answer`,
  );
}
