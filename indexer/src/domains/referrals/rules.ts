import type { AccessRules, Verb } from "../../platform/access/decide.ts";

/** Nobody else learns who invites whom, the staff included. */
export const readReferral: Verb = { name: "referral.read", may: ["self"] };

export const access: AccessRules = { verbs: [readReferral] };

/** A code as it was meant, whatever a mail program made of its letters. */
export const normalCode = (text: string): string => text.trim().toLowerCase();
