import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";

/** Asks for an e-mail address; the browser may fill it in. */
export function EmailField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT();
  return (
    <Field label={t("onboarding.email")} hint={t("onboarding.emailHint")}>
      {(ids) => (
        <input
          {...ids}
          type="email"
          required
          maxLength={254}
          autoComplete="email"
          spellCheck={false}
          data-testid="onboarding-email"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={inputLook}
        />
      )}
    </Field>
  );
}
