import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { executeCommission } from "../actions/execute-commission.ts";
import type { MyValidator } from "../queries.ts";

/** A declared rise: when it can be executed, and until when. */
export function PendingCommission({ validator, source }: { validator: MyValidator; source: string }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { id, pendingBps, executableAt, expiresAt } = validator;
  const isEarly = now < executableAt;
  const isLate = now >= expiresAt;
  return (
    <Panel title={t("pending.title")} source={source} data-testid="pending-commission">
      <Facts
        facts={[
          { name: t("pending.rate"), value: formatBps(pendingBps) },
          { name: t("pending.from"), value: formatTime(executableAt, locale) },
          { name: t("pending.until"), value: formatTime(expiresAt, locale) },
        ]}
      />
      <div className="mt-3">
        {isEarly && (
          <p className="text-muted">
            {t("pending.opensIn")} <Countdown seconds={executableAt - now} />
          </p>
        )}
        {isLate && <Notice tone="warning" title={t("pending.closed")} />}
        {!isEarly && !isLate && (
          <ActionButton
            action={executeCommission}
            input={{ validatorId: id, bps: pendingBps }}
            label={t("pending.execute")}
            testId="execute-commission"
          />
        )}
      </div>
    </Panel>
  );
}
