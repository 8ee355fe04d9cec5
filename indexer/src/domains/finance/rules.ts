import type { AccessRules, Verb } from "../../platform/access/decide.ts";

/** What somebody owns, earned and lost, put together: for the member and auditors, though each fact stands on chain. */
export const readFinances: Verb = { name: "finance.read", may: ["self", "auditor"] };
export const readStatistics: Verb = { name: "member.statistics.read", may: ["self", "admin", "auditor"] };

export const access: AccessRules = { verbs: [readFinances, readStatistics] };
