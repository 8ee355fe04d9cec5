import type { AccessRules, Fields, Verb } from "../../platform/access/decide.ts";

export const submitKyc: Verb = { name: "kyc.case.submit", may: ["self"] };
/** Compliance alone works on cases; administrators are no exception, auditors only read. */
export const readCases: Verb = { name: "kyc.case.read", may: ["compliance", "auditor"] };
export const workCases: Verb = { name: "kyc.case.work", may: ["compliance"] };
export const decideCases: Verb = { name: "kyc.case.decide", may: ["compliance"], stepUp: true };
export const revokeCases: Verb = { name: "kyc.case.revoke", may: ["compliance"], stepUp: true };
export const readDocuments: Verb = { name: "kyc.document.read", may: ["compliance"] };

/** Who sees what of an applicant. */
export const applicantFields = {
  legal_name: { read: ["self", "compliance"], masked: ["auditor"] },
  latin_name: { read: ["self", "compliance"], masked: ["auditor"] },
  birth_date: { read: ["self", "compliance"], masked: ["auditor"] },
  nationality: { read: ["self", "compliance", "auditor"] },
} satisfies Fields;

export const caseFields = {
  findings: { read: ["compliance", "auditor"] },
  comment: { read: ["self", "compliance", "auditor"] },
  note: { read: ["compliance", "auditor"] },
} satisfies Fields;

export const access: AccessRules = {
  verbs: [submitKyc, readCases, workCases, decideCases, revokeCases, readDocuments],
  fields: { "kyc.applicant": applicantFields, "kyc.case": caseFields },
};
