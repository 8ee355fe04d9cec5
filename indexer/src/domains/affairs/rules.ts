import type { AccessRules, Fields } from "../../platform/access/decide.ts";

/** As far as the staff may see each by its own route: registrations, cases, appointments, sessions. */
export const affairFields = {
  registration: { read: ["self", "admin", "auditor"] },
  kyc: { read: ["self", "compliance", "auditor"] },
  kycLevel: { read: ["self", "compliance", "auditor"] },
  roles: { read: ["self", "administrator", "auditor"] },
  sessions: { read: ["self", "admin"] },
  secondFactors: { read: ["self"] },
  networks: { read: ["self"] },
  intents: { read: ["self"] },
} satisfies Fields;

export const access: AccessRules = { verbs: [], fields: { "member.affairs": affairFields } };
