import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { parseBps, writtenBps } from "../../../shared/format/percent.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { declareCommission } from "../actions/declare-commission.ts";
import type { MyValidator } from "../queries.ts";
import { bandOf, MAX_STEP_BPS } from "../tier/tiers.ts";
import { PendingCommission } from "./PendingCommission.tsx";

/** A rate inside the tier's band, by slider or by number, with the day from which it holds. */
export function CommissionForm({ validator, source }: { validator: MyValidator; source: string }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { deployment } = useChain();
  const { commissionBps, maxCommissionBps, tier, openCases } = validator;
  const band = bandOf(tier);
  const highest = Math.min(band.maxBps, maxCommissionBps, commissionBps + MAX_STEP_BPS);
  const [written, setWritten] = useState(writtenBps(commissionBps));
  const bps = parseBps(written);
  const isOutside = bps === undefined || bps < band.minBps || bps > highest;
  const isSame = bps === commissionBps;
  const isRise = bps !== undefined && bps > commissionBps;
  const limits = { min: formatBps(band.minBps), max: formatBps(highest) };
  const effective = now + deployment.parameters.commissionDelaySeconds;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Panel title={t("commission.new")} source={source}>
        <Field
          label={t("commission.rate")}
          hint={t("commission.limits", limits)}
          error={isOutside ? t("commission.outside", limits) : undefined}
        >
          {(ids) => (
            <input
              {...ids}
              data-testid="commission-input"
              inputMode="decimal"
              value={written}
              onChange={(event) => setWritten(event.target.value)}
              className={`${inputLook} num`}
            />
          )}
        </Field>
        <input
          type="range"
          aria-label={t("commission.slider")}
          min={band.minBps}
          max={Math.max(highest, band.minBps)}
          step={10}
          value={bps ?? commissionBps}
          onChange={(event) => setWritten(writtenBps(Number(event.target.value)))}
          className="mb-4 h-6 w-full accent-(--primary)"
        />
        <div className="mb-4">
          <Notice>
            {isRise ? t("commission.riseAt", { time: formatTime(effective, locale) }) : t("commission.fallNow")}
          </Notice>
        </div>
        {openCases > 0 ? (
          <Notice tone="warning" title={t("closed.case")} />
        ) : (
          <ActionButton
            action={declareCommission}
            input={isOutside || isSame || bps === undefined ? undefined : { validatorId: validator.id, bps }}
            needs={{ member: true }}
            label={t(isRise ? "commission.declare" : "commission.lower")}
            missing={{
              label: t("commission.choose"),
              go: () => document.querySelector<HTMLInputElement>("[data-testid=commission-input]")?.focus(),
            }}
          />
        )}
      </Panel>
      <div className="grid gap-5">
        <Panel title={t("commission.now")} source={source}>
          <Facts
            facts={[
              { name: t("validator.commission"), value: formatBps(commissionBps) },
              { name: t("commission.personalMax"), value: formatBps(maxCommissionBps) },
              { name: t("tier.name"), value: t(`tier.${tier}`) },
            ]}
          />
        </Panel>
        {validator.executableAt !== 0 && <PendingCommission validator={validator} source={source} />}
      </div>
    </div>
  );
}
