import type { FormEvent } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { type Identity, identityFields, useMasked } from "../queries.ts";
import { reasons, useReveal, type Why } from "../revealing.ts";
import { Section } from "./Section.tsx";

function Told({ identity }: { identity: Identity | null }) {
  const t = useT();
  return (
    <Facts
      facts={identityFields.map((name) => ({ name: t(`member.field.${name}`), value: identity?.[name] ?? "–" }))}
    />
  );
}

function RevealForm({ isBusy, onAsk }: { isBusy: boolean; onAsk: (why: Why) => void }) {
  const t = useT();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onAsk({ reason: form.get("reason") as Why["reason"], reference: String(form.get("reference") ?? "").trim() });
  }
  return (
    <form onSubmit={submit} className="mt-4 border-t border-line pt-4">
      <p className="mb-3 text-sm text-muted">{t("member.revealLead")}</p>
      <Field label={t("member.reason")}>
        {(ids) => (
          <select {...ids} name="reason" className={inputLook}>
            {reasons.map((reason) => (
              <option key={reason} value={reason}>
                {t(`member.reason.${reason}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("member.reference")} hint={t("member.reference.hint")}>
        {(ids) => <input {...ids} name="reference" required maxLength={40} autoComplete="off" className={inputLook} />}
      </Field>
      <Button kind="primary" type="submit" busy={isBusy} data-testid="reveal">
        {t("member.reveal")}
      </Button>
    </form>
  );
}

/** Who the member is: shortened, and in full for a minute to compliance with a reason. */
export function IdentityFacts({ accountId, mayReveal }: { accountId: string; mayReveal: boolean }) {
  const t = useT();
  const masked = useMasked(accountId);
  const reveal = useReveal(accountId);
  const isShown = reveal.data !== undefined;
  return (
    <Section title={t("member.identity")} testId="member-identity" query={masked}>
      {(identity) => (
        <>
          <div aria-live="polite">
            {isShown ? (
              <Notice tone="warning">{t("member.revealed")}</Notice>
            ) : (
              <p className="mb-2 text-sm text-muted">{t("member.masked")}</p>
            )}
          </div>
          <Told identity={reveal.data ?? identity} />
          {isShown && (
            <Button className="mt-3" data-testid="hide" onClick={reveal.reset}>
              {t("member.hide")}
            </Button>
          )}
          {!isShown && mayReveal && <RevealForm isBusy={reveal.isPending} onAsk={reveal.mutate} />}
          {!mayReveal && <p className="mt-3 text-sm text-muted">{t("member.notRevealer")}</p>}
          <div role="alert">
            <Hurdle of={reveal} />
          </div>
        </>
      )}
    </Section>
  );
}
