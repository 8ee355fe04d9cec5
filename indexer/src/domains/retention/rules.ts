import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const readReports: Verb = { name: "retention.reports.read", may: ["auditor", "administrator"] };

export const access: AccessRules = { verbs: [readReports] };

/**
 * How long what has ended is kept, in days, category by category. Defaults; counsel decides. What is not named here either
 * lasts as long as its member, or ends within a day (tidy), or is kept for the law: the audit trail, and records of
 * anti-money-laundering law, whose key is destroyed on a date of its own.
 */
export const schedule = {
  /** From their end, with the tokens that renewed them. */
  sessions: 90,
  /** From the day they are counted for. */
  sign_in_failures: 180,
  /** Registrations that nobody went on with, from the day they expired. */
  abandoned_registrations: 7,
  /** What was told of members, from the moment it was told. */
  events: 365,
  /** Which news a member got. */
  news_mails: 365,
  /** Requests for a copy of one's data; the archive itself goes within a day. */
  exports: 30,
  /** What was sent to members' webhooks, from its arrival or its last attempt. */
  webhook_deliveries: 30,
} as const;
export type Category = keyof typeof schedule;
export const categories = Object.keys(schedule) as Category[];
