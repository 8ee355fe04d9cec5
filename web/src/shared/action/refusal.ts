import { formatAmount } from "../format/amount.ts";
import { formatBps, formatTime } from "../format/number.ts";
import type { Locale, Translate } from "../i18n/i18n.ts";
import type { Key } from "../i18n/ko.ts";
import { wordDuration } from "../ui/values/duration.ts";

/** How a value of an error is shown. */
export type ValueKind =
  | "amount"
  | "time"
  | "duration"
  | "bps"
  | "fraction"
  | "level"
  | "scope"
  | "reason"
  | "status"
  | "tier"
  | "text";

/** Why the chain or the wallet said no, kept until somebody reads it in a language. */
export interface Refusal {
  /** Name of the contract's error; "unknown", "funds" or "wallet" where there is none. */
  name: string;
  values: Record<string, { kind: ValueKind; raw: string }>;
}

const statuses = ["none", "pending", "active", "inactive", "suspended", "terminated", "blacklisted"];
/** A fraction counts in 1e18ths. */
const WAD_PER_BPS = 10n ** 14n;

function shown({ kind, raw }: Refusal["values"][string], t: Translate, locale: Locale): string {
  switch (kind) {
    case "amount":
      return formatAmount(BigInt(raw), 6);
    case "time":
      return formatTime(Number(raw), locale);
    case "duration":
      return wordDuration(Number(raw), t);
    case "bps":
      return formatBps(Number(raw));
    case "fraction":
      return formatBps(Number(BigInt(raw) / WAD_PER_BPS));
    case "level":
      return t(`kyc.${raw}` as Key);
    case "scope":
      return t(`scope.${raw}` as Key);
    case "reason":
      return t(`suspensionReason.${raw}` as Key);
    case "status":
      return t(`member.${statuses[Number(raw)] ?? "none"}` as Key);
    case "tier":
      return t(`memberTier.${raw}` as Key);
    default:
      return raw;
  }
}

/** The refusal in the reader's language. */
export function wordRefusal(refusal: Refusal, t: Translate, locale: Locale): string {
  const values = Object.fromEntries(
    Object.entries(refusal.values).map(([name, value]) => [name, shown(value, t, locale)]),
  );
  const key = `error.${refusal.name}` as Key;
  const text = t(key, values);
  return text === key ? t("error.unknown", { reason: refusal.name }) : text;
}
