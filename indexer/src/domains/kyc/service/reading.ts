import type { Actor } from "../../../platform/access/actor.ts";
import { granted, permit, projected } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { readPersonal } from "../../identity/service/personal.ts";
import { applicantFields, caseFields, readCases, readDocuments } from "../access.ts";
import type { Findings } from "../providers/provider.ts";
import { caseOf, casesOf, type KycCase } from "../repository/cases.ts";
import { documentOf, documentsOf, type KycDocument, noteReading, readBy } from "../repository/documents.ts";
import { type CaseStep, type Remark, remarksOf, stepsOf } from "../repository/history.ts";
import { keyOf, storeOf, wholeOf } from "./documents.ts";
import { noCase } from "./moving.ts";

/** A remark in plain words. */
export interface Words {
  at: Date;
  authorId: string;
  kind: Remark["kind"];
  text: string;
}

async function opened(kit: Kit, one: KycCase, kinds: Remark["kind"][]): Promise<Words[]> {
  const words: Words[] = [];
  for (const { id, at, authorId, kind, sealed } of await remarksOf(kit.pool, one, kinds)) {
    const place = { table: "app.kyc_remarks", column: kind, memberId: one.memberId, rowId: id };
    words.push({
      at,
      authorId,
      kind,
      text: await kit.seals.open(kind === "comment" ? "profile" : "aml_hold", place, sealed),
    });
  }
  return words;
}

export interface OwnView {
  one: KycCase;
  documents: KycDocument[];
  /** Shown once the case is decided. */
  comments: Words[];
  /** Where the member goes on at the provider. */
  sessionUrl: string | null;
}

/** The member's newest case as the member sees it: nothing that officers keep to themselves. */
export async function ownView(kit: Kit, { memberId }: MemberActor): Promise<OwnView | undefined> {
  const [one] = await casesOf(kit.pool, memberId);
  if (!one) return undefined;
  const isDecided = one.state === "approved" || one.state === "rejected" || one.state === "revoked";
  const place = { table: "app.kyc_cases", column: "session", memberId, rowId: one.id };
  const isAwaited = one.state === "review" && one.answer === "waiting" && one.sessionSealed !== null;
  return {
    one,
    documents: await documentsOf(kit.pool, memberId, one.id),
    comments: isDecided ? await opened(kit, one, ["comment"]) : [],
    sessionUrl: isAwaited && one.sessionSealed ? await kit.seals.open("profile", place, one.sessionSealed) : null,
  };
}

type ApplicantField = keyof typeof applicantFields;

export interface OfficerView {
  one: KycCase;
  applicant: Record<ApplicantField, string | null>;
  findings: Findings | null;
  /** None for who may not open them. */
  documents: KycDocument[];
  /** Which of them this person has opened. */
  read: Set<string>;
  steps: CaseStep[];
  remarks: Words[];
}

async function findingsOf(kit: Kit, actor: Actor, { memberId, id, findingsSealed }: KycCase): Promise<Findings | null> {
  if (!findingsSealed || !granted(actor, caseFields.findings.read)) return null;
  const place = { table: "app.kyc_cases", column: "findings", memberId, rowId: id };
  return JSON.parse(await kit.seals.open("aml_hold", place, findingsSealed)) as Findings;
}

/** A case as the staff sees it; that it was looked at is written down. @throws {Problem} 404 KYC_CASE_NOT_FOUND */
export async function officerView(kit: Kit, actor: MemberActor, id: string, requestId: string): Promise<OfficerView> {
  const at = kit.clock();
  permit(actor, readCases, at);
  const one = await caseOf(kit.pool, id);
  if (!one) throw noCase();
  const { memberId } = one;
  const act = { action: readCases.name, subjectId: memberId, requestId, detail: { caseId: id } };
  await kit.audit.append(kit.pool, actor, act, at);
  const names = Object.keys(applicantFields) as ApplicantField[];
  const person: Partial<Record<ApplicantField, string>> = await readPersonal(kit.pool, kit, memberId, names);
  const maySee = granted(actor, readDocuments.may);
  return {
    one,
    applicant: projected<ApplicantField>(actor, applicantFields, person, memberId),
    findings: await findingsOf(kit, actor, one),
    documents: maySee ? (await documentsOf(kit.pool, memberId, id)).filter(({ sha256 }) => sha256 !== null) : [],
    read: await readBy(kit.pool, memberId, id, actor.memberId),
    steps: await stepsOf(kit.pool, one),
    remarks: await opened(kit, one, ["comment", "note"]),
  };
}

/** All cases of a member, the newest first, without anything that was found; that they were looked at is written down. */
export async function casesOfMember(
  kit: Kit,
  actor: MemberActor,
  memberId: string,
  requestId: string,
): Promise<KycCase[]> {
  const at = kit.clock();
  permit(actor, readCases, at);
  const act = { action: readCases.name, subjectId: memberId, requestId, detail: { list: true } };
  await kit.audit.append(kit.pool, actor, act, at);
  return casesOf(kit.pool, memberId);
}

/**
 * Opens a document for an officer; that it was opened is written down before its first byte.
 * @throws {Problem} 404 KYC_DOCUMENT_NOT_FOUND
 */
export async function openDocument(
  kit: Kit,
  actor: MemberActor,
  { caseId, documentId }: { caseId: string; documentId: string },
  requestId: string,
): Promise<{ document: KycDocument; bytes: AsyncGenerator<Buffer> }> {
  const at = kit.clock();
  permit(actor, readDocuments, at);
  const one = await caseOf(kit.pool, caseId);
  const document = one && (await documentOf(kit.pool, one.memberId, documentId));
  if (document?.caseId !== caseId || document.sha256 === null) {
    throw new Problem(404, "KYC_DOCUMENT_NOT_FOUND", "there is no such document");
  }
  const key = await keyOf(kit, document);
  await transaction(kit.pool, async (sql) => {
    await noteReading(sql, document, actor.memberId, at);
    const detail = { caseId, documentId };
    await kit.audit.append(
      sql,
      actor,
      { action: readDocuments.name, subjectId: document.memberId, requestId, detail },
      at,
    );
  });
  return { document, bytes: storeOf(kit).read(key, wholeOf(document), document.stored) };
}
