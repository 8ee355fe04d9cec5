import type { Actor } from "../../../platform/access/actor.ts";
import { granted, permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { ApprovalKind, Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { propose } from "../../approvals/service.ts";
import { confirmHits, readHits, resultFields, workHits } from "../access.ts";
import {
  type Hit,
  type HitFilter,
  hitOf,
  hitsOf,
  listHits,
  lockHit,
  type QueuedHit,
  saveHit,
} from "../repository/hits.ts";
import { newestResult, type Result } from "../repository/results.ts";
import { askScreening } from "./screening.ts";
import { type Explanation, type Finding, openExplanation, openFinding, openReason, sealReason } from "./sealing.ts";

export const HIT_APPROVAL = "screening.hit.confirm";
const MOST = 200;

const noHit = () => new Problem(404, "HIT_NOT_FOUND", "there is no such hit");
const ownHit = () => new Problem(403, "HIT_OWN", "the hit is your own; another officer must look at it");
const moved = (hit: Hit) => new Problem(409, "HIT_MOVED", `the hit is ${hit.state} by now; look at it again`);

/**
 * Hits in some states, the longest waiting first; nobody's name is among it.
 * @throws {Problem} 403 FORBIDDEN for who may read scores and not look for members by them
 */
export function queue(kit: Kit, actor: Actor, filter: HitFilter): Promise<QueuedHit[]> {
  permit(actor, readHits, kit.clock());
  const asked = [filter.minScore !== undefined && "aml_score", filter.isExposed !== undefined && "pep"] as const;
  for (const field of asked) {
    if (field && !granted(actor, resultFields[field].filter)) {
      throw new Problem(403, "FORBIDDEN", `your roles do not allow looking for members by ${field}`);
    }
  }
  return listHits(kit.pool, filter, MOST);
}

export interface HitView {
  hit: Hit;
  finding: Finding;
  reason: string | null;
}

/** Records end, too: their key is destroyed on a day of its own. */
async function asRecord<T>(record: Promise<T>): Promise<T> {
  return record.catch((error: { code?: string }) => {
    if (error.code !== "VAULT_KEY_DESTROYED") throw error;
    throw new Problem(410, "RECORD_DESTROYED", "the time for which the law keeps this record is over");
  });
}

const opened = (kit: Kit, hit: Hit): Promise<HitView> =>
  asRecord(
    Promise.all([openFinding(kit.seals, hit), openReason(kit.seals, hit)]).then(([finding, reason]) => ({
      ...{ hit, finding, reason },
    })),
  );

/** A hit with what explains it; that it was looked at is written down. @throws {Problem} 404 HIT_NOT_FOUND */
export async function hitView(kit: Kit, actor: MemberActor, id: string, requestId: string): Promise<HitView> {
  const at = kit.clock();
  permit(actor, readHits, at);
  const hit = await hitOf(kit.pool, id);
  if (!hit) throw noHit();
  const act = { action: readHits.name, subjectId: hit.memberId, requestId, detail: { hitId: id } };
  await kit.audit.append(kit.pool, actor, act, at);
  return opened(kit, hit);
}

export interface MemberView {
  /** Undefined if the member was never screened. */
  result: Result | undefined;
  explanation: Explanation | undefined;
  hits: HitView[];
}

/** What screening knows of a member; that it was looked at is written down. */
export async function memberView(
  kit: Kit,
  actor: MemberActor,
  memberId: string,
  requestId: string,
): Promise<MemberView> {
  const at = kit.clock();
  permit(actor, readHits, at);
  await kit.audit.append(kit.pool, actor, { action: readHits.name, subjectId: memberId, requestId }, at);
  const result = await newestResult(kit.pool, memberId);
  const hits: HitView[] = [];
  for (const hit of await hitsOf(kit.pool, memberId)) hits.push(await opened(kit, hit));
  return { result, explanation: result && (await asRecord(openExplanation(kit.seals, result))), hits };
}

async function lockedHit(sql: Sql, id: string, actor: Actor): Promise<Hit> {
  const hit = await lockHit(sql, id);
  if (!hit) throw noHit();
  if (hit.memberId === actor.memberId) throw ownHit();
  return hit;
}

export interface Verdict {
  outcome: "confirm" | "dismiss";
  reason: string;
}

/**
 * An officer's word on a hit. To dismiss takes one, to confirm another as well.
 * @returns the proposal's id, for a confirmation
 * @throws {Problem} 404 HIT_NOT_FOUND; 403 HIT_OWN; 409 HIT_MOVED, or APPROVAL_OPEN while another hit of the member waits
 */
export async function judge(
  kit: Kit,
  actor: MemberActor,
  id: string,
  { outcome, reason }: Verdict,
  requestId: string,
): Promise<string | undefined> {
  const at = kit.clock();
  permit(actor, workHits, at);
  return transaction(kit.pool, async (sql) => {
    const hit = await lockedHit(sql, id, actor);
    if (hit.state !== "open") throw moved(hit);
    const { memberId } = hit;
    const reasonSealed = await sealReason(kit.seals, hit, reason);
    if (outcome === "confirm") {
      const proposal = { kind: HIT_APPROVAL, subjectId: memberId, detail: { hitId: id } };
      const { approvalId } = await propose(sql, kit, actor, proposal);
      await saveHit(sql, { ...hit, state: "proposed", reasonSealed, approvalId, proposedBy: actor.memberId });
      return approvalId;
    }
    await saveHit(sql, { ...hit, state: "dismissed", reasonSealed, decidedBy: actor.memberId, decidedAt: at });
    const act = { action: "screening.hit.dismissed", subjectId: memberId, requestId, detail: { hitId: id } };
    await kit.audit.append(sql, actor, act, at);
    await askScreening(sql, kit, memberId, "decision");
    return undefined;
  });
}

/** The second officer's word on a hit. */
export const hitConfirmed: ApprovalKind = {
  verb: confirmHits,
  carryOut: async (sql, kit, { id, detail }, actor) => {
    const hit = await lockedHit(sql, String(detail.hitId), actor);
    if (hit.state !== "proposed" || hit.approvalId !== id) throw moved(hit);
    const decidedBy = actor.memberId ?? null;
    await saveHit(sql, { ...hit, state: "confirmed", decidedBy, decidedAt: kit.clock() });
    await askScreening(sql, kit, hit.memberId, "decision");
  },
  dropped: async (sql, _kit, { id, detail }) => {
    const hit = await lockHit(sql, String(detail.hitId));
    if (hit?.state !== "proposed" || hit.approvalId !== id) return;
    await saveHit(sql, { ...hit, state: "open", approvalId: null, proposedBy: null, reasonSealed: null });
  },
};
