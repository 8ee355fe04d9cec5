import type { Text } from "../compile.ts";

/** What is kept of a member, and how it is forgotten. */
export const privacy: Record<string, Text> = {
  "privacy.title": "Privacy",
  "privacy.lead": "What is kept of you, and how it is forgotten.",
  "privacy.erasure": "Be forgotten",
  "privacy.goes":
    "Your name, addresses, documents, sessions and second factors are erased. Their key is destroyed, so that no backup can be read.",
  "privacy.stays":
    "What the law on money laundering makes us keep stays sealed, for auditors alone, until its own date.",
  "privacy.chain":
    "Stake, rewards and votes are on the chain under your wallet; nobody can erase them, and you can always withdraw them.",
  "privacy.ask": "Erase my data in seven days",
  "privacy.dueAt": "Your data is erased after: {time}. Until then you can take it back.",
  "privacy.cancel": "Keep my data",
  "privacy.held": "A legal hold keeps your data for now. It is erased when the hold ends.",
  "privacy.here": "Privacy, and being forgotten",
};
