import { type FormEvent, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { chainEvents, type EventName, memberEvents, useMake, type WantedEndpoint } from "./queries.ts";
import { Secret } from "./Secret.tsx";

function written(form: FormData): WantedEndpoint {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return { name: text("name"), url: text("url"), events: form.getAll("events") as EventName[] };
}

const Choice = ({ name, words }: { name: EventName; words: string }) => (
  <label className="flex min-h-11 items-center gap-2">
    <input type="checkbox" name="events" value={name} className="size-5" />
    <span>
      {words} <code className="block text-xs break-all text-muted">{name}</code>
    </span>
  </label>
);

function Events({ isMissing }: { isMissing: boolean }) {
  const t = useT();
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 font-semibold">{t("webhooks.events")}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {memberEvents.map((name) => (
          <Choice key={name} name={name} words={t(`webhooks.tells.${name}`)} />
        ))}
        {chainEvents.map((name) => (
          <Choice key={name} name={name} words={t(`event.${name}`)} />
        ))}
      </div>
      <p className="text-sm text-danger" aria-live="polite">
        {isMissing && t("webhooks.eventsMissing")}
      </p>
    </fieldset>
  );
}

/** Asks for a new endpoint; a second factor may be asked for before it is made. */
export function EndpointForm({ memberId }: { memberId: string }) {
  const t = useT();
  const make = useMake(memberId);
  const [isMissing, setMissing] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = written(new FormData(event.currentTarget));
    setMissing(wanted.events.length === 0);
    if (wanted.events.length > 0) make.mutate(wanted);
  }
  if (make.data) {
    return (
      <Panel title={t("webhooks.make")}>
        <Secret text={make.data.secret} onKept={make.reset} />
      </Panel>
    );
  }
  return (
    <Panel title={t("webhooks.make")}>
      <form onSubmit={submit} data-testid="webhook-form">
        <Field label={t("webhooks.name")} hint={t("webhooks.name.hint")}>
          {(ids) => <input {...ids} name="name" required maxLength={60} autoComplete="off" className={inputLook} />}
        </Field>
        <Field label={t("webhooks.url")} hint={t("webhooks.url.hint")}>
          {(ids) => (
            <input
              {...ids}
              name="url"
              type="url"
              required
              maxLength={2_048}
              autoComplete="off"
              placeholder="https://example.com/tburn"
              className={inputLook}
            />
          )}
        </Field>
        <Events isMissing={isMissing} />
        <Button kind="primary" type="submit" busy={make.isPending} data-testid="webhook-make">
          {t("webhooks.make")}
        </Button>
      </form>
      <div role="alert">
        <Hurdle of={make} />
      </div>
    </Panel>
  );
}
