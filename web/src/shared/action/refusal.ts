import { formatAmount } from "../format/amount.ts";
import { formatBps, formatTime } from "../format/number.ts";
import type { Locale, Translate } from "../i18n/i18n.ts";
import type { Key } from "../i18n/ko.ts";

/** How a value of an error is shown. */
export type ValueKind = "amount" | "time" | "bps" | "level" | "text";

/** Why the chain or the wallet said no, kept until somebody reads it in a language. */
export interface Refusal {
  /** Name of the contract's error; "unknown", "funds" or "wallet" where there is none. */
  name: string;
  values: Record<string, { kind: ValueKind; raw: string }>;
}

const refusalKey = (name: string) => `error.${name}` as Key;

function shown({ kind, raw }: Refusal["values"][string], t: Translate, locale: Locale): string {
  if (kind === "amount") return formatAmount(BigInt(raw), 6);
  if (kind === "time") return formatTime(Number(raw), locale);
  if (kind === "bps") return formatBps(Number(raw));
  if (kind === "level") return t(`kyc.${Number(raw) as 0 | 1 | 2 | 3}`);
  return raw;
}

/** The refusal in the reader's language. */
export function wordRefusal(refusal: Refusal, t: Translate, locale: Locale): string {
  const values = Object.fromEntries(
    Object.entries(refusal.values).map(([name, value]) => [name, shown(value, t, locale)]),
  );
  const key = refusalKey(refusal.name);
  const text = t(key, values);
  return text === key ? t("error.unknown", { reason: refusal.name }) : text;
}
