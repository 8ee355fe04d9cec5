import type { Text } from "../compile.ts";

/** Members who bring members. */
export const referrals: Record<string, Text> = {
  "referrals.title": "Referrals",
  "referrals.here": "Bring others",
  "referrals.lead": "Whoever registers by your link is counted for you, without a name.",
  "referrals.link": "Your link",
  "referrals.link.hint": "It is good for as long as you are a member. Nobody can guess it.",
  "referrals.copy": "Copy the link",
  "referrals.copied": "Copied.",
  "referrals.copyFailed": "It could not be copied. Select the link and copy it yourself.",
  "referrals.counts": "Who came by it",
  "referrals.letIn": "Let in",
  "referrals.waiting": "Registering",
  "referrals.earned": "Rewards",
  "referrals.noRewards": "The protocol pays nothing for bringing members. Do not believe anybody who says so.",
  "referrals.ineligible": "You have no code yet",
  "referrals.ineligibleReason": "You get one when your own registration is complete.",
  "referrals.toOnboarding": "To the registration",
};
