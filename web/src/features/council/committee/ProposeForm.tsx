import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { formatAmount } from "../../../shared/format/amount.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { HashField } from "../../../shared/statement/HashField.tsx";
import { DurationField } from "../../../shared/ui/form/DurationField.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { proposeSlash } from "../actions/propose-slash.ts";
import { type ArguedKind, arguedKinds } from "../contracts.ts";
import { BPS, useAccusation } from "./accusation.ts";

const kinds = Object.keys(arguedKinds) as ArguedKind[];

/** The committee accuses a validator of what no signature proves, and deposits a bond. */
export function ProposeForm() {
  const t = useT();
  const locale = useLocale();
  const nameOf = useValidatorNames();
  const form = useAccusation();
  const { terms, accusation, kind } = form;
  const highest = terms ? formatBps(Number(terms.highest / BPS)) : "…";
  return (
    <Panel title={t("propose.title")} data-testid="propose-form">
      <p className="mb-3 text-sm text-muted">
        {t("propose.meaning", { bond: terms ? formatAmount(terms.bond, 2) : "…" })}
      </p>
      <Field label={t("propose.validator")} hint={form.validator && nameOf(Number(form.validator))}>
        {(ids) => (
          <input
            {...ids}
            data-testid="validator-input"
            inputMode="numeric"
            value={form.validator}
            onChange={(event) => form.setValidator(event.target.value.trim())}
            className={inputLook}
          />
        )}
      </Field>
      <Field label={t("case.kind")}>
        {(ids) => (
          <select
            {...ids}
            value={kind}
            onChange={(event) => form.setKind(event.target.value as ArguedKind)}
            className={inputLook}
          >
            {kinds.map((value) => (
              <option key={value} value={value}>
                {t(`slashKind.${value}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DurationField
        label={t("propose.ago")}
        error={form.isOld ? t("propose.tooOld") : undefined}
        value={form.ago}
        onChange={form.setAgo}
      />
      <Field
        label={`${t("case.fraction")} (%)`}
        hint={t("propose.highest", { max: highest })}
        error={form.rate !== "" && !form.isFraction ? t("propose.wrong", { max: highest }) : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            data-testid="fraction-input"
            inputMode="decimal"
            value={form.rate}
            onChange={(event) => form.setRate(event.target.value)}
            className={`${inputLook} num`}
          />
        )}
      </Field>
      <HashField label={t("case.evidenceHash")} value={form.hash} onChange={form.setHash} />
      {accusation && (
        <div className="mb-4">
          <CallPreview
            contract="SlashingManager"
            functionName="proposeSlash"
            args={[
              { name: "validatorId", shown: nameOf(accusation.validatorId), sent: String(accusation.validatorId) },
              { name: "kind", shown: t(`slashKind.${kind}`), sent: String(arguedKinds[kind]) },
              { name: "tau", shown: formatTime(accusation.faultAt, locale), sent: String(accusation.faultAt) },
              { name: "fraction", shown: `${form.rate}%`, sent: String(accusation.fraction) },
              { name: "evidenceHash", sent: accusation.evidenceHash },
            ]}
          />
        </div>
      )}
      <ActionButton
        action={proposeSlash}
        input={accusation}
        needs={{ tokens: terms?.bond }}
        label={t("propose.sign")}
        kind="danger"
        missing={{
          label: t("council.complete"),
          go: () => document.querySelector<HTMLElement>("[data-testid=propose-form] input")?.focus(),
        }}
        testId="propose-slash"
      />
    </Panel>
  );
}
