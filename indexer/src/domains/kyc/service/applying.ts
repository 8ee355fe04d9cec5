import { randomUUID } from "node:crypto";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { readPersonal, writePersonal } from "../../identity/service/personal.ts";
import { askScreening } from "../../screening/service/screening.ts";
import { submitKyc } from "../access.ts";
import { providerOf } from "../providers/choose.ts";
import { caseOf, casesOf, insertCase, type KycCase, lockCase, saveCase } from "../repository/cases.ts";
import { documentsOf } from "../repository/documents.ts";
import { insertStep } from "../repository/history.ts";
import { applyRefusal, isOpen, type Level, neededDocuments } from "../rules.ts";
import { lockedCase, move } from "./moving.ts";

export const START_QUEUE = "kyc-start";

export interface Application {
  level: Level;
  legalName: string;
  latinName: string;
  birthDate: string;
  nationality: string;
}

const refusals = {
  OPEN: () => new Problem(409, "KYC_CASE_OPEN", "a case is open already; go on with it"),
  EARLY: (after: Date | null | undefined) =>
    new Problem(409, "KYC_REAPPLY_EARLY", `come again after ${after?.toISOString() ?? "some time"}`),
  HELD: () => new Problem(409, "KYC_LEVEL_HELD", "this level is approved already; ask for a higher one"),
};

/**
 * Opens a case: what the member says of itself is sealed, documents follow.
 * @throws {Problem} 409 KYC_CASE_OPEN, KYC_REAPPLY_EARLY or KYC_LEVEL_HELD; 503 KYC_OFF
 */
export async function beginCase(kit: Kit, actor: MemberActor, wish: Application, requestId: string): Promise<string> {
  const at = kit.clock();
  const { memberId } = actor;
  permit(actor, submitKyc, at, memberId);
  const { name: provider } = providerOf(kit);
  return transaction(kit.pool, async (sql) => {
    const cases = await casesOf(sql, memberId);
    const refused = applyRefusal(cases, wish.level, at);
    if (refused) throw refusals[refused](cases[0]?.reapplyAfter);
    const id = randomUUID();
    const one = { memberId, id, level: wish.level, provider, createdAt: at };
    if (!(await insertCase(sql, one))) throw refusals.OPEN();
    const fields = [
      ["legal_name", wish.legalName],
      ["latin_name", wish.latinName],
      ["birth_date", wish.birthDate],
      ["nationality", wish.nationality],
    ] as const;
    for (const [field, text] of fields) await writePersonal(sql, kit, memberId, field, text, at);
    await insertStep(sql, one, { at, state: "pending", actorId: memberId, reason: null });
    const detail = { caseId: id, level: wish.level };
    await kit.audit.append(sql, actor, { action: "kyc.case.begin", subjectId: memberId, requestId, detail }, at);
    return id;
  });
}

/** The member's open case. @throws {Problem} 409 KYC_NO_CASE */
export async function openCaseOf(kit: Pick<Kit, "pool">, memberId: string): Promise<KycCase> {
  const open = (await casesOf(kit.pool, memberId)).find(({ state }) => isOpen(state));
  if (!open) throw new Problem(409, "KYC_NO_CASE", "there is no open case; begin one first");
  return open;
}

/**
 * Hands a complete case over to the provider and to officers.
 * @throws {Problem} 409 KYC_DOCUMENTS_MISSING naming the kinds, or KYC_CASE_MOVED
 */
export async function submitCase(kit: Kit, actor: MemberActor, requestId: string): Promise<void> {
  const at = kit.clock();
  const { memberId } = actor;
  permit(actor, submitKyc, at, memberId);
  const { id } = await openCaseOf(kit, memberId);
  await transaction(kit.pool, async (sql) => {
    const one = await lockedCase(sql, id);
    const complete = (await documentsOf(sql, memberId, id)).filter(({ sha256 }) => sha256 !== null);
    const missing = neededDocuments[one.level].filter((kind) => complete.every((document) => document.kind !== kind));
    if (missing.length > 0) {
      throw new Problem(409, "KYC_DOCUMENTS_MISSING", `upload these documents first: ${missing.join(", ")}`);
    }
    const changes = { submittedAt: at, answer: "none" as const };
    await move(sql, kit, one, { to: "review", actor, requestId, changes });
    await kit.jobs.send(sql, START_QUEUE, { caseId: id });
    await askScreening(sql, kit, memberId, "submitted");
  });
}

/** Tells the provider of a submitted case; a second time does nothing. */
export async function startAtProvider(kit: Kit, caseId: string): Promise<void> {
  const one = await caseOf(kit.pool, caseId);
  if (one?.state !== "review" || one.answer !== "none") return;
  const person = await readPersonal(kit.pool, kit, one.memberId, [
    "legal_name",
    "latin_name",
    "birth_date",
    "nationality",
  ]);
  const applicant = {
    ...{ caseId, level: one.level, legalName: person.legal_name ?? "", latinName: person.latin_name ?? "" },
    ...{ birthDate: person.birth_date ?? "", nationality: person.nationality ?? "" },
  };
  const { ref, sessionUrl } = await providerOf(kit).start(applicant, one.providerRef);
  const place = { table: "app.kyc_cases", column: "session", memberId: one.memberId, rowId: caseId };
  const sessionSealed = sessionUrl === null ? null : await kit.seals.seal("profile", place, sessionUrl);
  await transaction(kit.pool, async (sql) => {
    const now = await lockCase(sql, caseId);
    if (now?.state !== "review" || now.answer !== "none") return;
    await saveCase(sql, { ...now, providerRef: ref, sessionSealed, answer: "waiting" });
  });
}
