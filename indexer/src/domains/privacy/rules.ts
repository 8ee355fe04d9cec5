import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const seeErasure: Verb = { name: "privacy.erasure.see", may: ["self"] };
export const askErasure: Verb = { name: "privacy.erasure.ask", may: ["self"], stepUp: true };
/** Staying is as easy as it can be. */
export const cancelErasure: Verb = { name: "privacy.erasure.cancel", may: ["self"] };
/** Whether the law keeps a member's data, and whether it asked to be forgotten. */
export const readHold: Verb = { name: "privacy.hold.read", may: ["compliance", "auditor"] };
export const proposeHold: Verb = { name: "privacy.hold.propose", may: ["compliance"], stepUp: true };
export const decideHold: Verb = { name: "privacy.hold.decide", may: ["compliance"], stepUp: true };

export const access: AccessRules = {
  verbs: [seeErasure, askErasure, cancelErasure, readHold, proposeHold, decideHold],
};

/** In this time whoever asked, or whose session was used for it, may change their mind. */
export const COOLING_MS = 7 * 86_400_000;

/** How long records of anti-money-laundering law outlive their member; five to ten years by jurisdiction, counsel decides. */
export const RECORDS_MS = 5 * 365 * 86_400_000;
