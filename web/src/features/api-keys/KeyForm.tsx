import { type FormEvent, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Refused } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { type Scope, scopes, useMakeKey, type WantedKey } from "./queries.ts";

const numbers = [
  { name: "expiresInDays", words: "apiKeys.days", most: 365, first: 90 },
  { name: "ratePerMinute", words: "apiKeys.rate", most: 600, first: 60 },
] as const;

function written(form: FormData): WantedKey {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    name: text("name"),
    scopes: form.getAll("scopes") as Scope[],
    expiresInDays: Number(text("expiresInDays")),
    ratePerMinute: Number(text("ratePerMinute")),
    networks: text("networks")
      .split(/[\s,]+/)
      .filter(Boolean),
  };
}

/** What the server says of a field, or of a part of it. */
function errorOf(error: Error | null, name: string): { error?: string } {
  const fields = error instanceof Refused ? error.fields : [];
  const found = fields.find(({ field }) => field.split(".")[0] === name);
  return found ? { error: found.message } : {};
}

/** A key that is shown this one time. */
function Made({ text, memberId, onKept }: { text: string; memberId: string; onKept: () => void }) {
  const t = useT();
  return (
    <section aria-live="polite" className="mb-4 grid gap-3" data-testid="api-key-made">
      <Notice tone="warning">{t("apiKeys.once")}</Notice>
      <HexText value={text} full />
      <p>
        {t("apiKeys.memberId")} <code data-testid="api-key-member">{memberId}</code>
      </p>
      <div>
        <Button kind="primary" data-testid="api-key-kept" onClick={onKept}>
          {t("apiKeys.kept")}
        </Button>
      </div>
    </section>
  );
}

function Scopes({ isMissing }: { isMissing: boolean }) {
  const t = useT();
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 font-semibold">{t("apiKeys.scopes")}</legend>
      {scopes.map((scope) => (
        <label key={scope} className="flex min-h-11 items-center gap-2">
          <input type="checkbox" name="scopes" value={scope} className="size-5" />
          {t(`apiKeys.scope.${scope}`)}
        </label>
      ))}
      <p className="text-sm text-danger" aria-live="polite">
        {isMissing && t("apiKeys.scopesMissing")}
      </p>
    </fieldset>
  );
}

/** Asks for a new key; a second factor may be asked for before it is made. */
export function KeyForm({ memberId }: { memberId: string }) {
  const t = useT();
  const make = useMakeKey(memberId);
  const [isMissing, setMissing] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = written(new FormData(event.currentTarget));
    setMissing(wanted.scopes.length === 0);
    if (wanted.scopes.length > 0) make.mutate(wanted);
  }
  if (make.data) {
    return (
      <Panel title={t("apiKeys.make")}>
        <Made text={make.data.key} memberId={memberId} onKept={make.reset} />
      </Panel>
    );
  }
  return (
    <Panel title={t("apiKeys.make")}>
      <form onSubmit={submit} data-testid="api-key-form">
        <Field label={t("apiKeys.name")} hint={t("apiKeys.name.hint")} {...errorOf(make.error, "name")}>
          {(ids) => <input {...ids} name="name" required maxLength={60} autoComplete="off" className={inputLook} />}
        </Field>
        <Scopes isMissing={isMissing} />
        {numbers.map(({ name, words, most, first }) => (
          <Field key={name} label={t(words)} hint={t(`${words}.hint`)} {...errorOf(make.error, name)}>
            {(ids) => (
              <input
                {...ids}
                name={name}
                type="number"
                required
                min={1}
                max={most}
                defaultValue={first}
                className={inputLook}
              />
            )}
          </Field>
        ))}
        <Field label={t("apiKeys.networks")} hint={t("apiKeys.networks.hint")} {...errorOf(make.error, "networks")}>
          {(ids) => <textarea {...ids} name="networks" rows={3} maxLength={1_000} className={inputLook} />}
        </Field>
        <Button kind="primary" type="submit" busy={make.isPending} data-testid="api-key-make">
          {t("apiKeys.make")}
        </Button>
      </form>
      <Hurdle of={make} />
    </Panel>
  );
}
