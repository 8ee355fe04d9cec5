import type { AccessRules, Fields, Verb } from "../../platform/access/decide.ts";

/** Compliance alone works on hits; auditors read; nobody tells the member (tipping off is a crime in many places). */
export const readHits: Verb = { name: "screening.hit.read", may: ["compliance", "auditor"] };
export const workHits: Verb = { name: "screening.hit.work", may: ["compliance"] };
export const confirmHits: Verb = { name: "screening.hit.confirm", may: ["compliance"], stepUp: true };
export const readLists: Verb = { name: "screening.list.read", may: ["compliance", "auditor"] };
export const proposeList: Verb = { name: "screening.list.propose", may: ["compliance"] };
export const acceptList: Verb = { name: "screening.list.accept", may: ["compliance"], stepUp: true };

/** What screening found of a member. */
export const resultFields = {
  aml_score: { read: ["compliance", "auditor"], filter: ["compliance"] },
  pep: { read: ["compliance", "auditor"], filter: ["compliance"] },
  hits: { read: ["compliance", "auditor"], filter: ["compliance"] },
} satisfies Fields;

export const access: AccessRules = {
  verbs: [readHits, workHits, confirmHits, readLists, proposeList, acceptList],
  fields: { "screening.result": resultFields },
};
