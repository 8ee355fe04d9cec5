import { apiKeys } from "./api-keys.ts";
import { approvals } from "./approvals.ts";
import { audit } from "./audit.ts";
import { casework } from "./casework.ts";
import { delegation } from "./delegation.ts";
import { errors } from "./errors/core.ts";
import { governanceErrors } from "./errors/governance.ts";
import { liquidErrors } from "./errors/liquid.ts";
import { oracleErrors } from "./errors/oracle.ts";
import { safetyErrors } from "./errors/safety.ts";
import { slashingErrors } from "./errors/slashing.ts";
import { events } from "./events.ts";
import { members } from "./members.ts";
import { nodes } from "./nodes.ts";
import { notifications } from "./notifications.ts";
import { offices } from "./offices.ts";
import { onboarding } from "./onboarding.ts";
import { playground } from "./playground.ts";
import { privacy } from "./privacy.ts";
import { profile } from "./profile.ts";
import { referrals } from "./referrals.ts";
import { screening } from "./screening.ts";
import { security } from "./security.ts";
import { verification } from "./verification.ts";
import { webhooks } from "./webhooks.ts";

/** Refusals, events, and what only some screens say: fetched after the first page has begun. */
export const later = {
  ...errors,
  ...safetyErrors,
  ...slashingErrors,
  ...oracleErrors,
  ...liquidErrors,
  ...governanceErrors,
  ...events,
  ...offices,
  ...delegation,
  ...security,
  ...apiKeys,
  ...nodes,
  ...webhooks,
  ...privacy,
  ...profile,
  ...audit,
  ...onboarding,
  ...verification,
  ...casework,
  ...screening,
  ...members,
  ...approvals,
  ...referrals,
  ...notifications,
  ...playground,
};
