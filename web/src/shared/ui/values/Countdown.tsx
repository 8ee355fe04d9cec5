import { useT } from "../../i18n/i18n.ts";
import { wordDuration } from "./duration.ts";

/** Time left in its two largest units. */
export function Countdown({ seconds }: { seconds: number }) {
  const t = useT();
  return <span className="num font-semibold whitespace-nowrap">{wordDuration(seconds, t)}</span>;
}
