import { useT } from "../i18n/i18n.ts";
import { Field, inputLook } from "../ui/form/Field.tsx";
import { hashFile, isHash } from "./document.ts";

interface Props {
  label: string;
  value: string;
  onChange: (hash: string) => void;
}

/** A hash of a document: pasted, or made here from the file, which stays where it is. */
export function HashField({ label, value, onChange }: Props) {
  const t = useT();
  const isWrong = value.trim() !== "" && !isHash(value);
  return (
    <div>
      <Field label={label} hint={t("hashField.hint")} error={isWrong ? t("hashField.wrong") : undefined}>
        {(ids) => (
          <input
            {...ids}
            data-testid="hash-input"
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={`${inputLook} font-mono text-sm`}
          />
        )}
      </Field>
      <Field label={`${label}: ${t("hashField.file")}`}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            className={inputLook}
            onChange={async (event) => {
              const file = event.currentTarget.files?.[0];
              if (file) onChange((await hashFile(file)).keccak256);
            }}
          />
        )}
      </Field>
    </div>
  );
}
