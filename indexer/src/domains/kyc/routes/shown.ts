import type { KycCase } from "../repository/cases.ts";
import type { KycDocument } from "../repository/documents.ts";
import type { OfficerView, Words } from "../service/reading.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;

export const shownDocument = (d: KycDocument) => ({
  ...{ id: d.id, kind: d.kind, mediaType: d.mediaType, size: d.size, received: d.received },
  sha256: d.sha256?.toString("hex") ?? null,
});

/** What the member is told of its case: the provider's answer is between provider and officers. */
export const shownCase = (one: KycCase) => ({
  ...{ id: one.id, level: one.level, state: one.state === "recommended" ? "review" : one.state, reason: one.reason },
  createdAt: one.createdAt.toISOString(),
  stateAt: one.stateAt.toISOString(),
  submittedAt: iso(one.submittedAt),
  reapplyAfter: iso(one.reapplyAfter),
  isRetry: one.state === "pending" && one.submittedAt !== null,
});

/** A case among others of its member, for the staff. */
export const shownInList = (one: KycCase) => ({ ...shownCase(one), state: one.state, answer: one.answer });

const shownWords = ({ at, authorId, kind, text }: Words) => ({ at: at.toISOString(), authorId, kind, text });

/** What the member is told of remarks: not who wrote them. */
export const shownComment = ({ at, text }: Words) => ({ at: at.toISOString(), text });

export const shownToOfficer = (view: OfficerView, actorId: string, now: Date) => {
  const { one } = view;
  const isLeased = one.leaseUntil !== null && one.leaseUntil > now;
  return {
    ...shownCase(one),
    ...{ state: one.state, memberId: one.memberId, provider: one.provider, answer: one.answer },
    answerAt: iso(one.answerAt),
    lease: isLeased ? { until: iso(one.leaseUntil), isMine: one.leaseBy === actorId } : null,
    ...{ recommendedBy: one.recommendedBy, isMine: one.recommendedBy === actorId, approvalId: one.approvalId },
    ...{ applicant: view.applicant, findings: view.findings },
    documents: view.documents.map((document) => ({ ...shownDocument(document), isRead: view.read.has(document.id) })),
    steps: view.steps.map((step) => ({ ...step, at: step.at.toISOString() })),
    remarks: view.remarks.map(shownWords),
  };
};
