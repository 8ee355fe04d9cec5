import type { Text } from "../compile.ts";

/** What is kept of a member, and how it is forgotten. */
export const privacy: Record<string, Text> = {
  "privacy.title": "Privacy",
  "privacy.lead": "What you agree to, what is kept of you, and how it is forgotten.",
  "privacy.consents": "What you agree to",
  "privacy.purpose.terms": "Terms of use (required)",
  "privacy.purpose.personal_data": "Personal data (required)",
  "privacy.purpose.news": "News by e-mail (optional)",
  "privacy.agree": "Agree",
  "privacy.withdraw": "Take it back",
  "privacy.agreed": "You agreed: {time}",
  "privacy.notAgreed": "You have not agreed.",
  "privacy.copy": "A copy of your data",
  "privacy.copy.lead":
    "All that is kept of you, as one encrypted file: your identity, documents, consents, sessions, and what was done. It takes a minute, waits for 24 hours, and can be fetched once.",
  "privacy.copy.ask": "Make a copy",
  "privacy.copy.key": "This key opens your copy, and is shown once. Keep it: nobody else has it.",
  "privacy.copy.how": "Open the file with age: age -d -i key.txt -o copy.zip tburn-members-export.zip.age",
  "privacy.copy.kept": "I have kept it",
  "privacy.copy.waiting": "Your copy is being made.",
  "privacy.copy.ready": "Your copy is ready. It waits until: {time}",
  "privacy.copy.fetch": "Fetch it, once",
  "privacy.copy.drop": "Take it back",
  "privacy.copy.fetched": "Your last copy was fetched. You can make another one.",
  "privacy.copy.ended": "Your last copy was not fetched in time. You can make another one.",
  "refused.CONSENT_TEXT_CHANGED": "The words have changed. Load the page and read them again.",
  "refused.CONSENT_REQUIRED": "Membership rests on this: read and agree to it. To end membership, ask to be erased.",
  "refused.EXPORT_NOT_FOUND": "This copy is gone. Make another one.",
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
