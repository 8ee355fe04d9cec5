import type { Domain } from "../../platform/domain.ts";
import { operations } from "./operations.ts";
import { dropOldSecrets, dropWebhooksOf } from "./repository/endpoints.ts";
import { webhookRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { DELIVERY_QUEUE, deliver } from "./service/delivering.ts";
import { Webhooks } from "./service/endpoints.ts";
import { handOut } from "./service/handing-out.ts";

/** What happens to a member, told to its own servers. */
export const webhooks: Domain = {
  name: "webhooks",
  access,
  operations,
  routes: (rest, kit) => webhookRoutes(rest, new Webhooks(kit), kit.door),
  jobs: {
    [DELIVERY_QUEUE]: { work: deliver },
    "webhook-handing-out": { cron: "* * * * *", work: (_data, kit) => handOut(kit) },
  },
  erase: (sql, _kit, memberId) => dropWebhooksOf(sql, memberId),
  tidy: (sql, clock) => dropOldSecrets(sql, clock()),
};
