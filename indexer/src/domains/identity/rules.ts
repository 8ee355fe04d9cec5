import type { AccessRules, Fields, Verb } from "../../platform/access/decide.ts";

/** Members see themselves, the staff sees that there is something; both shortened. */
export const readIdentity: Verb = { name: "identity.read", may: ["self", "admin", "auditor"] };
/** In full: the member, and compliance with a reason; auditors never. */
export const revealIdentity: Verb = { name: "identity.reveal", may: ["self", "compliance"], stepUp: true };
export const readAccount: Verb = { name: "account.read", may: ["self", "admin", "auditor"] };

const shortened = { read: [], masked: ["self", "admin", "auditor"] } as const;
/** As they stand without a second factor; see `identity.reveal`. */
export const shortenedFields = {
  // By the whole address alone: an index of hashes answers, and nothing else could.
  email: { ...shortened, filter: ["compliance"] },
  phone: shortened,
  legal_name: shortened,
  latin_name: shortened,
  birth_date: shortened,
  nationality: { read: ["self", "admin", "auditor"] },
  address: shortened,
  registration_number: shortened,
} satisfies Fields;

/** Why somebody of the staff needs to know who a member is. No free text: the trail holds nothing personal. */
export const revealReasons = ["INVESTIGATION", "MEMBER_REQUEST", "LEGAL_REQUEST", "DATA_CORRECTION"] as const;
export type RevealReason = (typeof revealReasons)[number];

/** What a reason may refer to: the number of a case or a letter. */
export const isReference = (text: string) => /^[A-Z0-9][A-Z0-9/-]{2,39}$/.test(text);

export const access: AccessRules = {
  verbs: [readAccount, readIdentity, revealIdentity],
  fields: { "member.identity": shortenedFields },
};
