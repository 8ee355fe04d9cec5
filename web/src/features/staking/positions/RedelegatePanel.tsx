import { useRef, useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { formatBps } from "../../../shared/format/number.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { redelegate } from "../actions/redelegate.ts";
import type { Position } from "../queries.ts";

interface Choices {
  validators: { nodes: { validatorId: number; name: string; commissionBps: number; netAprBps: number }[] };
}

const CHOICES = `query Choices { validators(first: 100, filter: { active: true }) {
  nodes { validatorId name commissionBps netAprBps } } }`;

/** Moves the whole position to another validator at once. */
export function RedelegatePanel({ position }: { position: Position }) {
  const t = useT();
  const nameOf = useValidatorNames();
  const { data } = useGraphql<Choices>("choices", CHOICES);
  const [dst, setDst] = useState("");
  const select = useRef<HTMLSelectElement>(null);
  const choices = data?.validators.nodes.filter(({ validatorId }) => validatorId !== position.validatorId) ?? [];
  const from = nameOf(position.validatorId);
  return (
    <Panel title={t("redelegate.title")}>
      <p className="mb-3 text-sm text-muted">{t("redelegate.meaning")}</p>
      <Field label={t("redelegate.to")}>
        {(ids) => (
          <select
            {...ids}
            ref={select}
            data-testid="redelegate-to"
            className={inputLook}
            value={dst}
            onChange={(event) => setDst(event.target.value)}
          >
            <option value="">{t("redelegate.choose")}</option>
            {choices.map(({ validatorId, name, commissionBps, netAprBps }) => (
              <option key={validatorId} value={validatorId}>
                {`${name} · ${t("validator.commission")} ${formatBps(commissionBps)} · ${t("validator.apr")} ${formatBps(netAprBps)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ActionButton
        action={redelegate}
        input={dst === "" ? undefined : { positionId: position.id, from, dst: Number(dst), to: nameOf(Number(dst)) }}
        needs={{ member: true, kyc: 1 }}
        label={t("redelegate.sign")}
        missing={{ label: t("redelegate.choose"), go: () => select.current?.focus() }}
        testId="redelegate"
      />
    </Panel>
  );
}
