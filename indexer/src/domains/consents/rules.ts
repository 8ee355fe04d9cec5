import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const seeConsents: Verb = { name: "consents.see", may: ["self"] };
/** Giving and taking back ask for the same: nothing more than the session. */
export const changeConsents: Verb = { name: "consents.change", may: ["self"] };
export const sendNews: Verb = { name: "news.send", may: ["administrator"], stepUp: true };

export const access: AccessRules = { verbs: [seeConsents, changeConsents, sendNews] };

/** What members are asked to agree to: a closed list. A new wording is a new version with files of its own. */
export const purposes = {
  terms: { version: 1, isRequired: true },
  personal_data: { version: 1, isRequired: true },
  news: { version: 1, isRequired: false },
} as const;
export type Purpose = keyof typeof purposes;
export const purposeNames = Object.keys(purposes) as [Purpose, ...Purpose[]];

export const languages = ["ko", "en"] as const;
export type Language = (typeof languages)[number];

/** One time that a member agreed, or took it back. */
export interface ConsentRecord {
  purpose: Purpose;
  number: number;
  given: boolean;
  version: number;
  language: Language;
  textHash: Buffer;
  at: Date;
}

/** What stands of a purpose: its newest record. One of an older wording is no consent to the present one. */
export function standingOf(records: readonly ConsentRecord[], purpose: Purpose) {
  const own = records.filter((record) => record.purpose === purpose);
  const newest = own.reduce<ConsentRecord | undefined>((a, b) => (a && a.number > b.number ? a : b), undefined);
  const isCurrent = newest?.version === purposes[purpose].version;
  return { newest, isGiven: newest?.given === true && isCurrent };
}
