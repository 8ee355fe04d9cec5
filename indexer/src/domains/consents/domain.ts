import type { Domain } from "../../platform/domain.ts";
import { mailNews, NEWS_MAILS } from "./news.ts";
import { operations } from "./operations.ts";
import { forgetMails } from "./repository.ts";
import { consentRoutes } from "./routes.ts";
import { access, type Language, type Purpose, purposes } from "./rules.ts";
import type { Agreement } from "./service.ts";
import { texts } from "./texts.ts";

/** What somebody agrees to who has read the words in force, as a registration takes it. */
export const agreementTo = (purpose: Purpose, language: Language): Agreement => ({
  ...{ purpose, version: purposes[purpose].version, textHash: texts[purpose][language].hash },
});

/** What members agree to, purpose by purpose, and what ends when they take it back. */
export const consents: Domain = {
  name: "consents",
  access,
  operations,
  routes: consentRoutes,
  jobs: { [NEWS_MAILS]: { work: mailNews } },
  erase: (sql, _kit, memberId) => forgetMails(sql, memberId),
};
