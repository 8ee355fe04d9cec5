import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { parseBps } from "../../../shared/format/percent.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { isHash } from "../../../shared/statement/document.ts";
import { HashField } from "../../../shared/statement/HashField.tsx";
import { DurationField, secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { type Accusation, proposeSlash } from "../actions/propose-slash.ts";
import { type ArguedKind, arguedKinds, officesOf } from "../contracts.ts";

const kinds = Object.keys(arguedKinds) as ArguedKind[];
const BPS = 10n ** 14n;

/** What a kind costs at most, how old a fault may be, and the bond: from the contract. */
const useTerms = (kind: ArguedKind) =>
  useChainRead(["propose-terms", kind], async ({ client, at }) => {
    const { slashing } = officesOf(at);
    const [highest, { bond }, { evidenceMaxAge }] = await Promise.all([
      client.readContract({ ...slashing, functionName: "fractionOf", args: [arguedKinds[kind]] }),
      client.readContract({ ...slashing, functionName: "terms" }),
      client.readContract({ ...slashing, functionName: "windows" }),
    ]);
    return { highest, bond, evidenceMaxAge };
  }).data;

/** What stands in the form, and the accusation it makes. */
function useAccusation() {
  const now = useChainNow();
  const [validator, setValidator] = useState("");
  const [kind, setKind] = useState<ArguedKind>("INVALID_BLOCK");
  const [ago, setAgo] = useState<WrittenDuration>({ count: "1", unit: "minutes" });
  const [rate, setRate] = useState("");
  const [hash, setHash] = useState("");
  const terms = useTerms(kind);
  const seconds = secondsOf(ago);
  const bps = parseBps(rate);
  const fraction = bps === undefined ? undefined : BigInt(bps) * BPS;
  const evidenceHash = hash.trim();
  const isOld = seconds !== undefined && terms !== undefined && seconds > terms.evidenceMaxAge;
  const isFraction = fraction !== undefined && terms !== undefined && fraction > 0n && fraction <= terms.highest;
  const isValidator = /^[1-9]\d{0,8}$/.test(validator);
  const accusation: Accusation | undefined =
    isValidator && seconds !== undefined && !isOld && isFraction && isHash(evidenceHash)
      ? { validatorId: Number(validator), kind, faultAt: now - seconds, fraction, evidenceHash, bond: terms.bond }
      : undefined;
  return {
    ...{ validator, setValidator, kind, setKind, ago, setAgo, rate, setRate, hash, setHash },
    ...{ terms, isOld, isFraction, accusation },
  };
}

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
        label={t("decide.fraction")}
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
