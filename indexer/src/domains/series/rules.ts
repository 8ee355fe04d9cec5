import type { AccessRules, Verb } from "../../platform/access/decide.ts";

/** What an account did and got over time, put together: as with its finances, though each fact stands on chain. */
export const readSeries: Verb = { name: "series.account.read", may: ["self", "auditor"] };

export const access: AccessRules = { verbs: [readSeries] };

export type Bucket = "HOUR" | "DAY" | "WEEK" | "MONTH";

/** Unix seconds; `to` is the first one that is not in it. */
export interface Stretch {
  from: number;
  to: number;
}

const HOUR = 3_600;
const DAY = 86_400;
/** 1970-01-01 was a Thursday; its week had begun three days before. */
const MONDAY = -3 * DAY;

const monthOf = (at: number) => {
  const date = new Date(at * 1_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const startOfMonth = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / 1_000;

/** Stretches of one length, the newest of which holds `at`. */
function even(at: number, count: number, length: number, since: number): Stretch[] {
  const last = Math.floor((at - since) / length);
  return Array.from({ length: count }, (_, i) => {
    const from = since + (last - count + 1 + i) * length;
    return { from, to: from + length };
  });
}

/** The `count` newest stretches up to the one that holds `at`, unix seconds, the oldest first. */
export function stretchesOf(bucket: Bucket, count: number, at: number): Stretch[] {
  if (bucket === "HOUR") return even(at, count, HOUR, 0);
  if (bucket === "DAY") return even(at, count, DAY, 0);
  if (bucket === "WEEK") return even(at, count, 7 * DAY, MONDAY);
  const first = monthOf(at) - count + 1;
  return Array.from({ length: count }, (_, i) => ({ from: startOfMonth(first + i), to: startOfMonth(first + i + 1) }));
}

/** Rows by which a bucket is read: those of days where they are enough, for they are fewer. */
export const unitOf = (bucket: Bucket): "hour" | "day" => (bucket === "HOUR" ? "hour" : "day");

/** First and last unit of each stretch, counted from the epoch. */
export function unitsOf(stretches: readonly Stretch[], unit: "hour" | "day") {
  const length = unit === "hour" ? HOUR : DAY;
  return { first: stretches.map(({ from }) => from / length), last: stretches.map(({ to }) => to / length - 1) };
}
