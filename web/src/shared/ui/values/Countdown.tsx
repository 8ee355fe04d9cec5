import { splitDuration } from "../../format/number.ts";
import { useT } from "../../i18n/i18n.ts";

/** Time left in its two largest units. */
export function Countdown({ seconds }: { seconds: number }) {
  const t = useT();
  const left = splitDuration(seconds);
  const text =
    left.days > 0
      ? t("time.daysHours", { days: left.days, hours: left.hours })
      : left.hours > 0
        ? t("time.hoursMinutes", { hours: left.hours, minutes: left.minutes })
        : t("time.minutesSeconds", { minutes: left.minutes, seconds: left.seconds });
  return <span className="num font-semibold whitespace-nowrap">{text}</span>;
}
