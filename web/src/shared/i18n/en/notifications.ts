import type { Text } from "../compile.ts";

/** What is written to members today. */
export const notifications: Record<string, Text> = {
  "notifications.title": "Notifications",
  "notifications.here": "Notifications",
  "notifications.lead": "What we write to you, and why.",
  "notifications.today": "Mails that exist today",
  "notifications.mail": "Mail",
  "notifications.when": "When",
  "notifications.code": "A code for your address",
  "notifications.code.when": "You give an e-mail address in your registration, or ask for another code.",
  "notifications.taken": "Somebody gave your address",
  "notifications.taken.when": "Somebody else tries to register with an address that is yours.",
  "notifications.always": "These cannot be switched off",
  "notifications.alwaysReason":
    "They prove that an address is yours, and warn you if somebody else gives it. Without them an account is less safe.",
  "notifications.later": "What does not exist yet",
  "notifications.laterReason":
    "News of stake, votes, cases and sign-ins, with channels, quiet hours and a choice for each, is not built. Nothing is sent for them, and nothing is to be chosen here until they come.",
};
