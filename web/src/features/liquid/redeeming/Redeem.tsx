import { useRef, useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatAmount, parseAmount } from "../../../shared/format/amount.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { AmountField } from "../../../shared/ui/form/AmountField.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { requestRedeem } from "../actions/request-redeem.ts";
import type { Vault } from "../vault/read.ts";
import { fromShown, toShown, worthOf } from "../vault/shares.ts";

/** The smallest redemption; a smaller rest can leave whole. */
const MINIMUM = 10n ** 18n;

/** Latest second at which what leaves now can be withdrawn: the end of today's cohort, and the unbonding. */
function useLatest(): number {
  const now = useChainNow();
  const { unbondingSeconds, cohortSeconds } = useChain().deployment.parameters;
  return now + cohortSeconds + unbondingSeconds;
}

/** Gives shares up; says what they are worth now, when they are paid, and what may lower them until then. */
export function Redeem({ vault, held, source }: { vault: Vault; held: bigint; source: string }) {
  const t = useT();
  const locale = useLocale();
  const latest = useLatest();
  const [written, setWritten] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const parsed = parseAmount(written);
  const shares = parsed.ok ? fromShown(parsed.value, held) : undefined;
  const worth = shares === undefined ? undefined : worthOf(shares, vault.totalAssets, vault.totalSupply);
  const isTooSmall = worth !== undefined && shares !== held && worth < MINIMUM;
  const isFine = shares !== undefined && shares <= held && !isTooSmall && worth !== 0n;
  return (
    <Panel title={t("liquid.redeem")} source={source} data-testid="liquid-redeem">
      {held === 0n ? (
        <Empty title={t("liquid.noShares")} reason={t("liquid.noSharesReason")} />
      ) : (
        <>
          <AmountField
            label={t("liquid.redeemAmount")}
            unit="sTBURN"
            written={written}
            onChange={setWritten}
            max={toShown(held)}
            maxLabel={t("liquid.myShares")}
            source={source}
            error={isTooSmall ? t("liquid.tooSmall", { minimum: formatAmount(MINIMUM) }) : undefined}
            inputRef={field}
          />
          <Facts
            facts={[
              {
                name: t("liquid.worthNow"),
                value: worth === undefined ? "–" : <Amount value={worth} source={source} digits={6} />,
              },
              { name: t("liquid.payableBy"), value: formatTime(latest, locale) },
            ]}
          />
          <div className="my-3">
            <Notice tone="warning" title={t("liquid.risk")}>
              {t("liquid.riskMeaning")}
            </Notice>
          </div>
          <ActionButton
            action={requestRedeem}
            input={isFine ? { shares } : undefined}
            label={t("liquid.signRedeem")}
            missing={{ label: t("amount.first"), go: () => field.current?.focus() }}
            kind="danger"
            testId="request-redeem"
            onSent={() => setWritten("")}
          />
        </>
      )}
    </Panel>
  );
}
