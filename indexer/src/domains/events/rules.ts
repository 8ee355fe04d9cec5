import type { AccessRules, Verb } from "../../platform/access/decide.ts";

/** Following a member as an account: whoever may read that there is one. */
export const followAccount: Verb = { name: "account.follow", may: ["self", "admin", "auditor"] };

export const access: AccessRules = { verbs: [followAccount] };
