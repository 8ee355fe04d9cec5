import { splitDuration } from "../../format/number.ts";
import type { Translate } from "../../i18n/i18n.ts";

/** Seconds in their two largest units. */
export function wordDuration(seconds: number, t: Translate): string {
  const left = splitDuration(seconds);
  if (left.days > 0) return t("time.daysHours", { days: left.days, hours: left.hours });
  if (left.hours > 0) return t("time.hoursMinutes", { hours: left.hours, minutes: left.minutes });
  return t("time.minutesSeconds", { minutes: left.minutes, seconds: left.seconds });
}
