import { type FormEvent, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { kycLevels, statuses, tiers, type Wanted, wantedOf } from "./search.ts";

interface Option {
  value: string;
  label: string;
}

function Select({ name, label, options }: { name: string; label: string; options: Option[] }) {
  const t = useT();
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} name={name} className={inputLook}>
          <option value="">{t("members.any")}</option>
          {options.map(({ value, label: word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Email({ mayAsk }: { mayAsk: boolean }) {
  const t = useT();
  if (!mayAsk) return <p className="mb-4 text-sm text-muted">{t("members.emailNotMine")}</p>;
  return (
    <Field label={t("members.email")} hint={t("members.email.hint")}>
      {(ids) => <input {...ids} name="email" type="email" maxLength={254} autoComplete="off" className={inputLook} />}
    </Field>
  );
}

/** What the staff looks for members by. */
export function SearchForm({ isCompliance, onSearch }: { isCompliance: boolean; onSearch: (wanted: Wanted) => void }) {
  const t = useT();
  const [isWrong, setWrong] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
    const wanted = wantedOf(Object.fromEntries(form));
    setWrong(wanted.by === "nothing");
    if (wanted.by !== "nothing") onSearch(wanted);
  }
  return (
    <Panel title={t("members.search")} data-testid="members-search">
      <form onSubmit={submit}>
        <div className="grid gap-x-4 md:grid-cols-3">
          <Field
            label={t("members.who")}
            hint={t("members.who.hint")}
            {...(isWrong && { error: t("members.whoWrong") })}
          >
            {(ids) => <input {...ids} name="who" maxLength={66} autoComplete="off" className={inputLook} />}
          </Field>
          <Field label={t("members.name")} hint={t("members.name.hint")}>
            {(ids) => <input {...ids} name="displayName" maxLength={60} autoComplete="off" className={inputLook} />}
          </Field>
          <Email mayAsk={isCompliance} />
          <Select
            name="status"
            label={t("members.status")}
            options={statuses.map((value) => ({ value, label: t(`memberStatus.${value}`) }))}
          />
          <Select
            name="tier"
            label={t("members.tier")}
            options={tiers.map((value) => ({ value, label: t(`shownTier.${value}`) }))}
          />
          <Select
            name="kycLevel"
            label={t("members.kycLevel")}
            options={kycLevels.map((value, level) => ({ value, label: t(`kyc.${level as 0 | 1 | 2 | 3}`) }))}
          />
        </div>
        <Button kind="primary" type="submit" data-testid="members-find">
          {t("members.search")}
        </Button>
      </form>
    </Panel>
  );
}
