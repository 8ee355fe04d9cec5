import type { Domain } from "../../platform/domain.ts";
import { mailNews, NEWS_MAILS } from "./news.ts";
import { operations } from "./operations.ts";
import { forgetMails } from "./repository.ts";
import { consentRoutes } from "./routes.ts";
import { access } from "./rules.ts";

/** What members agree to, purpose by purpose, and what ends when they take it back. */
export const consents: Domain = {
  name: "consents",
  access,
  operations,
  routes: consentRoutes,
  jobs: { [NEWS_MAILS]: { work: mailNews } },
  erase: (sql, _kit, memberId) => forgetMails(sql, memberId),
};
