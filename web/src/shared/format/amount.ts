const DECIMALS = 18;
const UNIT = 10n ** 18n;

/** Why a written amount is refused; each has its words. */
type AmountProblem = "empty" | "not-a-number" | "exponent" | "negative" | "too-precise" | "zero";
export type ParsedAmount = { ok: true; value: bigint } | { ok: false; problem: AmountProblem };

const refuse = (problem: AmountProblem): ParsedAmount => ({ ok: false, problem });

/** Reads what a person wrote (`1,000.5`) as base units. Thousands commas must stand where they belong. */
export function parseAmount(written: string): ParsedAmount {
  const text = written.trim();
  if (text === "") return refuse("empty");
  if (/^[+-]?[\d.,]*\d[\d.,]*e[+-]?\d+$/i.test(text)) return refuse("exponent");
  if (/^[-−]/.test(text)) return refuse("negative");
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/.exec(text);
  const whole = match?.[1]?.replaceAll(",", "") ?? "";
  const fraction = match?.[2] ?? "";
  if (!match || (whole === "" && fraction === "")) return refuse("not-a-number");
  if (fraction.length > DECIMALS) return refuse("too-precise");
  const value = BigInt(whole || "0") * UNIT + BigInt(fraction.padEnd(DECIMALS, "0"));
  return value === 0n ? refuse("zero") : { ok: true, value };
}

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

/** All digits of an amount: `1,234.5`. With `digits`, cut (never rounded up) after that many decimals. */
export function formatAmount(value: bigint, digits = DECIMALS): string {
  const sign = value < 0n ? "-" : "";
  const abs = value < 0n ? -value : value;
  const fraction = (abs % UNIT).toString().padStart(DECIMALS, "0").slice(0, digits).replace(/0+$/, "");
  return `${sign}${grouped((abs / UNIT).toString())}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Short form for lists: `1,234.6만` in Korean, `12.3M` in English. */
export function compactAmount(value: bigint, locale: string): string {
  const whole = Number(value / 10n ** 14n) / 10_000;
  if (Math.abs(whole) < 10_000) return formatAmount(value, 2);
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(whole);
}

/** What can be typed into a field to mean `value` again. */
export const writtenAmount = (value: bigint) => formatAmount(value).replaceAll(",", "");
