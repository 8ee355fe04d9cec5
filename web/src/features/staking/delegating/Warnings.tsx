import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type PastSlash, recentSlash, type ValidatorTerms } from "../validator-terms.ts";

/** Risks to know before signing. */
export function Warnings({
  validatorId,
  terms,
  hasRisen,
  slashes,
}: {
  validatorId: number;
  terms: ValidatorTerms;
  hasRisen: boolean;
  slashes: readonly PastSlash[];
}) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const recent = recentSlash(slashes, now);
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
      {terms.isOnProbation && <Notice tone="warning" title={t("warn.probation")} />}
      {recent && (
        <Notice tone="danger" title={t("warn.recentSlash", { time: formatTime(recent.at, locale) })}>
          <Link to="/validators/$id" params={{ id: String(validatorId) }} className="link">
            {t("warn.slashRecord", { n: slashes.length })}
          </Link>
        </Notice>
      )}
      {!recent && slashes.length > 0 && <Notice tone="warning" title={t("warn.slashed", { n: slashes.length })} />}
      <Notice>{t("warn.slashing")}</Notice>
    </div>
  );
}
