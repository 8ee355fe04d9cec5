import type { Domain } from "../../platform/domain.ts";
import { checkNode, NODE_QUEUE } from "./node/asking.ts";
import { operations } from "./operations.ts";
import { pruneCommands } from "./repository/commands.ts";
import { forgetRegistrations } from "./repository/registrations.ts";
import { nodeRoutes, registrationRoutes, staffRoutes, stepRoutes } from "./routes.ts";
import { access } from "./rules.ts";
import { sendCode, sendTaken, TAKEN_QUEUE } from "./service/addresses.ts";
import { CODE_QUEUE } from "./service/codes.ts";
import { expireAll } from "./service/expiry.ts";
import { APPROVAL_KIND, validatorApproval } from "./service/handing-in.ts";
import { watch } from "./service/observing.ts";
import { Registering } from "./service/registering.ts";

const DAY_MS = 86_400_000;

/** How people come in: from what they want to be to being let in. */
export const registration: Domain = {
  name: "registration",
  operations,
  access,
  routes: (rest, kit) => {
    const registering = new Registering(kit);
    registrationRoutes(rest, registering, kit.door);
    stepRoutes(rest, registering, kit.door);
    nodeRoutes(rest, kit);
    staffRoutes(rest, kit);
  },
  jobs: {
    [CODE_QUEUE]: { work: sendCode },
    [TAKEN_QUEUE]: { work: sendTaken },
    [NODE_QUEUE]: { work: checkNode },
    "registration-watch": { cron: "* * * * *", work: (_data, kit) => watch(kit) },
    "registration-expiry": { cron: "*/10 * * * *", work: async (_data, kit) => void (await expireAll(kit)) },
  },
  approvals: { [APPROVAL_KIND]: validatorApproval },
  erase: (sql, _kit, memberId) => forgetRegistrations(sql, memberId),
  tidy: (sql, clock) => pruneCommands(sql, new Date(clock().getTime() - DAY_MS)),
};
