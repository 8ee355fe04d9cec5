import { compactAmount, formatAmount } from "../../format/amount.ts";
import { useLocale } from "../../i18n/i18n.ts";
import { SourceNote } from "./SourceNote.tsx";

interface Props {
  value: bigint | string | undefined;
  /** "chain, block N" or "indexed to N". */
  source?: string;
  /** Decimals shown; the title always has all. */
  digits?: number;
  compact?: boolean;
  unit?: string;
  /** Tells its source by a button too, for those without a pointer; the box around must be positioned. */
  noted?: boolean;
}

/** An amount of tokens with its source and all its digits in the title. */
export function Amount({ value, source, digits = 4, compact, unit = "TBURN", noted }: Props) {
  const locale = useLocale();
  if (value === undefined) return <span className="text-muted">…</span>;
  const amount = typeof value === "string" ? BigInt(value) : value;
  const shown = compact ? compactAmount(amount, locale) : formatAmount(amount, digits);
  const whole = `${formatAmount(amount)} ${unit}${source ? ` · ${source}` : ""}`;
  return (
    <span className="num" title={noted ? undefined : whole}>
      <span className="whitespace-nowrap">{shown}</span>{" "}
      {unit && <span className="text-[0.8em] text-muted">{unit}</span>}
      {noted && <SourceNote text={whole} />}
    </span>
  );
}
