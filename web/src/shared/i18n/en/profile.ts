import type { Text } from "../compile.ts";

/** What members publish of themselves. */
export const profile: Record<string, Text> = {
  "profile.title": "Profile",
  "profile.lead": "What you publish of yourself. Name, words, website and tags are for everybody; the rest is yours.",
  "profile.own": "Your profile",
  "profile.displayName": "Display name",
  "profile.displayName.hint": "Up to 60 characters; it need not be your name",
  "profile.bio": "About you",
  "profile.bio.hint": "Up to 1,000 characters",
  "profile.website": "Website",
  "profile.website.hint": "An https:// address, or nothing",
  "profile.tags": "Tags",
  "profile.tags.hint": "Up to ten, with commas between them",
  "profile.language": "Language",
  "profile.language.hint": "ISO 639-1, such as ko or en",
  "profile.currency": "Currency",
  "profile.currency.hint": "ISO 4217, such as KRW",
  "profile.timeZone": "Time zone",
  "profile.timeZone.hint": "Such as Asia/Seoul",
  "profile.save": "Save",
  "profile.version": "Saved, version {version}",
};
