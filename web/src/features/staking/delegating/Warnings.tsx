import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import type { ValidatorTerms } from "../validator-terms.ts";

/** Risks to know before signing. */
export function Warnings({
  terms,
  hasRisen,
  slashCount,
}: {
  terms: ValidatorTerms;
  hasRisen: boolean;
  slashCount: number;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="grid gap-3">
      {!terms.isActive && <Notice tone="warning" title={t("warn.inactive")} />}
      {terms.pendingBps !== undefined && (
        <Notice
          tone="warning"
          title={t("warn.pending", { to: formatBps(terms.pendingBps), time: formatTime(terms.executableAt, locale) })}
        />
      )}
      {hasRisen && <Notice tone="warning" title={t("warn.risen")} />}
      {slashCount > 0 && <Notice tone="warning" title={t("warn.slashed", { n: slashCount })} />}
      <Notice>{t("warn.slashing")}</Notice>
    </div>
  );
}
