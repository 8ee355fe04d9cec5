import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const seeExport: Verb = { name: "export.see", may: ["self"] };
export const askExport: Verb = { name: "export.ask", may: ["self"], stepUp: true };
export const fetchExport: Verb = { name: "export.fetch", may: ["self"] };
export const dropExport: Verb = { name: "export.drop", may: ["self"] };

export const access: AccessRules = { verbs: [seeExport, askExport, fetchExport, dropExport] };

/** How long an archive waits to be fetched, and a request to be worked on. */
export const WAIT_MS = 24 * 3_600_000;
