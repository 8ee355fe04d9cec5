import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { registerValidator } from "../actions/register-validator.ts";
import { type Draft, emptyDraft, type Field as FieldName, toRegistration, wrongFields } from "./form.ts";
import { KeyProof } from "./KeyProof.tsx";

const texts: { field: Exclude<FieldName, "key" | "proof">; inputMode: "text" | "decimal" }[] = [
  { field: "name", inputMode: "text" },
  { field: "commission", inputMode: "decimal" },
  { field: "maxCommission", inputMode: "decimal" },
  { field: "minDelegation", inputMode: "decimal" },
];

/** Name, key with proof of possession, and terms of a new validator. */
export function RegisterForm({ memberNo }: { memberNo: bigint }) {
  const t = useT();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const wrong = wrongFields(draft);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const touch = (...fields: FieldName[]) => setTouched((old) => new Set([...old, ...fields]));
  const objection = (field: FieldName) =>
    touched.has(field) && wrong.includes(field) ? t(`registerForm.${field}Wrong`) : undefined;
  function toFirstWrong() {
    touch(...wrong);
    document.querySelector<HTMLElement>(`[data-field=${wrong[0]}]`)?.focus();
  }
  return (
    <Panel title={t("registerForm.title")}>
      <div className="grid gap-x-6 lg:grid-cols-2">
        {texts.map(({ field, inputMode }) => (
          <Field
            key={field}
            label={t(`registerForm.${field}`)}
            hint={t(`registerForm.${field}Hint`)}
            error={objection(field)}
          >
            {(ids) => (
              <input
                {...ids}
                data-field={field}
                inputMode={inputMode}
                autoComplete="off"
                value={draft[field]}
                onBlur={() => touch(field)}
                onChange={(event) => change({ [field]: event.target.value })}
                className={inputLook}
              />
            )}
          </Field>
        ))}
      </div>
      <KeyProof memberNo={memberNo} draft={draft} change={change} touch={touch} objection={objection} />
      <ActionButton
        action={registerValidator}
        input={toRegistration(draft)}
        needs={{ member: true, kyc: 2 }}
        label={t("operator.register")}
        missing={{ label: t("registerForm.complete"), go: toFirstWrong }}
      />
    </Panel>
  );
}
