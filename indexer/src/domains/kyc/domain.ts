import type { Domain } from "../../platform/domain.ts";
import { access } from "./access.ts";
import { jobs } from "./jobs.ts";
import { pruneWebhooks } from "./repository/webhooks.ts";
import { documentRoutes } from "./routes/documents.ts";
import { memberRoutes } from "./routes/member.ts";
import { officerRoutes } from "./routes/officer.ts";
import { operations } from "./routes/operations.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { eraseKyc } from "./service/ending.ts";
import { DECISION, decision } from "./service/reviewing.ts";

/** Providers repeat a webhook for some days; Persona for six. */
const KEPT_MS = 30 * 86_400_000;

/** Verification of members' identity: documents, a provider's word, two officers', and what is attested of it. */
export const kyc: Domain = {
  name: "kyc",
  operations,
  access,
  jobs,
  approvals: { [DECISION]: decision },
  routes: (rest, kit) => {
    memberRoutes(rest, kit);
    documentRoutes(rest, kit);
    officerRoutes(rest, kit);
    webhookRoutes(rest, kit);
  },
  erase: eraseKyc,
  tidy: (sql, clock) => pruneWebhooks(sql, new Date(clock().getTime() - KEPT_MS)),
};
