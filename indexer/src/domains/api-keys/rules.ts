import { z } from "zod";
import { scopes } from "../../platform/access/actor.ts";
import type { AccessRules, Verb } from "../../platform/access/decide.ts";
import { networksSchema } from "../../platform/http/networks.ts";

/** Neither has a scope: a key makes, sees and ends no keys. */
export const seeKeys: Verb = { name: "api-keys.see", may: ["self"] };
export const changeKeys: Verb = { name: "api-keys.change", may: ["self"], stepUp: true };

export const access: AccessRules = { verbs: [seeKeys, changeKeys] };

/** Keys of a member that have not ended. */
export const MOST_KEYS = 20;
/** Days after which what has ended, and how often it was used, is forgotten. */
export const KEPT_DAYS = 90;

/** A key as its member asks for it. */
export const wantedKey = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .max(20)
    .transform((names) => [...new Set(names)]),
  networks: networksSchema.default([]),
  /** Days; every key ends. */
  expiresInDays: z.int().min(1).max(365),
  ratePerMinute: z.int().min(1).max(600).default(60),
});
export type WantedKey = z.infer<typeof wantedKey>;

/** A key's text by its parts. */
export interface KeyText {
  id: string;
  secret: string;
}

export const writeKey = ({ id, secret }: KeyText): string => `tbk_${id.replaceAll("-", "")}_${secret}`;

/** Parts of an API key; undefined if it is none. */
export function readKey(text: string): KeyText | undefined {
  const [, id = "", secret = ""] = /^tbk_([0-9a-f]{32})_([\w-]{43})$/.exec(text) ?? [];
  if (secret === "") return undefined;
  return { id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"), secret };
}
