import type { Locale } from "../i18n/i18n.ts";

/** Basis points as a percentage: 512 → `5.12%`. */
export const formatBps = (bps: number) =>
  `${(bps / 100).toLocaleString("en", { maximumFractionDigits: 2, minimumFractionDigits: 0 })}%`;

export const formatCount = (value: number | bigint) => value.toLocaleString("en");

/** Points in the reader's own time zone, which it names. */
export function formatTime(seconds: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
  }).format(new Date(seconds * 1000));
}

export const formatDay = (day: number, locale: Locale) =>
  new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" }).format(day * 86_400_000);

/** Seconds in the two largest units that matter: `2d 3h`, `4m 05s`. */
export function splitDuration(seconds: number): { days: number; hours: number; minutes: number; seconds: number } {
  const left = Math.max(0, Math.floor(seconds));
  return {
    days: Math.floor(left / 86_400),
    hours: Math.floor((left % 86_400) / 3_600),
    minutes: Math.floor((left % 3_600) / 60),
    seconds: left % 60,
  };
}

/** `0x1234…abcd`: the middle of a long hexadecimal text left out. */
export const shortHex = (hex: string, ends = 4) =>
  hex.length <= 2 * ends + 4 ? hex : `${hex.slice(0, 2 + ends)}…${hex.slice(-ends)}`;
