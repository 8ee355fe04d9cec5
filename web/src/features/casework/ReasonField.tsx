import { useT } from "../../shared/i18n/i18n.ts";
import type { Key } from "../../shared/i18n/ko.ts";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";

type ReasonIn<Word> = Word extends `reason.${infer Reason}` ? Reason : never;

/** One of the reasons that a form offers, by its code. */
export function ReasonField({ reasons }: { reasons: readonly ReasonIn<Key>[] }) {
  const t = useT();
  return (
    <Field label={t("casework.reason")}>
      {(ids) => (
        <select {...ids} name="reason" className={inputLook}>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {t(`reason.${reason}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
