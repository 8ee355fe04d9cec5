import { z } from "zod";
import type { Actor } from "../../platform/access/actor.ts";
import { type AccessRules, granted, type Verb } from "../../platform/access/decide.ts";

/** What members publish is for everybody (seed §2.8); whoever has no account reads it, too. */
export const readProfile: Verb = { name: "profile.read", may: ["public"], scope: "profile:read" };
export const changeProfile: Verb = { name: "profile.change", may: ["self"], scope: "profile:write" };

const everybody = ["public", "self"] as const;
const own = ["self", "admin", "auditor"] as const;
/** Names are of the API; see `Profile`. */
export const fields = {
  displayName: { read: everybody, filter: everybody, sort: everybody, write: ["self"] },
  bio: { read: everybody, write: ["self"] },
  website: { read: everybody, write: ["self"] },
  links: { read: everybody, write: ["self"] },
  tags: { read: everybody, filter: everybody, write: ["self"] },
  language: { read: own, write: ["self"] },
  currency: { read: own, write: ["self"] },
  timeZone: { read: own, write: ["self"] },
  custom: { read: own, write: ["self"] },
} as const;

export const access: AccessRules = { verbs: [readProfile, changeProfile], fields: { profile: fields } };

/** Marks that turn the direction of text around, and controls; they make one name look like another. */
const hidden = /(?![\n\t])\p{Cc}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Text in the one form of Unicode (NFC) without hidden marks; line breaks stay. */
export const plain = (text: string) => text.normalize("NFC").replace(hidden, "").trim();

const text = (most: number) =>
  z
    .string()
    .max(most * 4)
    .transform(plain)
    .refine((value) => [...value].length <= most, `has at most ${most} characters`);
const isHttps = (value: string) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === "https:" && url.username === "" && url.password === "";
};
const link = z.string().max(300).refine(isHttps, "must be an https:// address without a password");

const currencies = new Set(Intl.supportedValuesOf("currency"));
const languages = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
const isLanguage = (code: string) => /^[a-z]{2}$/.test(code) && languages.of(code) !== undefined;
const isZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "" && zone.length < 60;
  } catch {
    return false;
  }
};

const MAX_CUSTOM_BYTES = 16_384;
const safeKey = /^[a-z][a-zA-Z0-9_]{0,39}$/;
const custom = z
  .record(z.string(), z.union([text(500), z.number(), z.boolean()]))
  // Names such as __proto__ are no data.
  .refine(
    (value) => Object.keys(value).every((key) => safeKey.test(key)),
    "names are letters, digits and _, from a letter on",
  )
  .refine((value) => JSON.stringify(value).length <= MAX_CUSTOM_BYTES, `has at most ${MAX_CUSTOM_BYTES} bytes`);

/** What a member publishes. Values are stored as they are meant; whoever shows them escapes them. */
export const profileSchema = z.strictObject({
  displayName: text(60),
  bio: text(1_000),
  website: z.union([z.literal(""), link]),
  links: z.array(z.strictObject({ label: text(30), url: link })).max(10),
  tags: z
    .array(text(30).refine((tag) => tag.length > 0, "must not be empty"))
    .max(10)
    .transform((tags) => [...new Set(tags)]),
  language: z.string().refine(isLanguage, "must be a language of ISO 639-1, such as ko"),
  currency: z.string().refine((code) => currencies.has(code), "must be a currency of ISO 4217, such as KRW"),
  timeZone: z.string().refine(isZone, "must be a time zone of IANA, such as Asia/Seoul"),
  custom,
});
export type Profile = z.infer<typeof profileSchema>;

/** Of whoever has not published anything. */
export const blank: Profile = {
  ...{ displayName: "", bio: "", website: "", links: [], tags: [], custom: {} },
  ...{ language: "ko", currency: "KRW", timeZone: "Asia/Seoul" },
};

/** What somebody sees of a profile; the rest is not there at all. */
export const seenBy = (actor: Actor, profile: Profile, memberId: string): Partial<Profile> =>
  Object.fromEntries(
    Object.entries(profile).filter(([name]) => granted(actor, fields[name as keyof Profile].read, memberId)),
  );
