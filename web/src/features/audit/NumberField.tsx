import { useT } from "../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";

/** A number of the trail; undefined while it is none. */
export const seqOf = (written: string): number | undefined =>
  /^[1-9]\d{0,14}$/.test(written.trim()) ? Number(written.trim()) : undefined;

interface Props {
  label: string;
  written: string;
  onChange: (written: string) => void;
  testId: string;
  error?: string | undefined;
}

/** Asks for the number of an entry. */
export function NumberField({ label, written, onChange, testId, error }: Props) {
  const t = useT();
  const isWrong = written.trim() !== "" && seqOf(written) === undefined;
  const refusal = isWrong ? t("audit.seqWrong") : error;
  return (
    <Field label={label} {...(refusal !== undefined && { error: refusal })}>
      {(ids) => (
        <input
          {...ids}
          data-testid={testId}
          inputMode="numeric"
          autoComplete="off"
          value={written}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputLook} num`}
        />
      )}
    </Field>
  );
}
