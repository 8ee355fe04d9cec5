import type { AccessRules, Verb } from "../../platform/access/decide.ts";

const ownSessions: Verb = { name: "security.sessions", may: ["self"] };
export const ownFactors: Verb = { name: "security.factors", may: ["self"] };
/** Changing what one signs in with asks for what one has already. */
export const changeFactors: Verb = { name: "security.factors.change", may: ["self"], stepUp: true };
export const seeStaff: Verb = { name: "staff.see", may: ["administrator", "auditor"] };
/** Who somebody is at the provider of the staff is said once, by whoever is surely there. */
export const linkStaff: Verb = { name: "staff.provider.link", may: ["self"], stepUp: true };
export const signInStaff: Verb = { name: "staff.provider.sign-in", may: ["self"] };
export const proposeStaff: Verb = { name: "staff.propose", may: ["administrator"], stepUp: true };
export const decideStaff: Verb = { name: "staff.decide", may: ["administrator"], stepUp: true };

/** Officers and administrators look after members who cannot get in; of where they come from they see nothing. */
export const seeSettings: Verb = { name: "security.see", may: ["self", "admin"] };
export const changeSettings: Verb = { name: "security.change", may: ["self"], stepUp: true };

/** Networks tell where somebody lives and works. */
export const settingFields = { networks: { read: ["self"], write: ["self"] } } as const;

const sessions = [ownSessions, seeSettings, changeSettings];
const staff = [linkStaff, signInStaff, seeStaff, proposeStaff, decideStaff];

export const access: AccessRules = {
  verbs: [...sessions, ownFactors, changeFactors, ...staff],
  fields: { "security.settings": settingFields },
};
