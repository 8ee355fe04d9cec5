import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useT } from "../i18n/i18n.ts";
import { Button } from "../ui/Button.tsx";
import { Field, inputLook } from "../ui/form/Field.tsx";
import { Notice } from "../ui/states/Notice.tsx";
import { provePasskey } from "./passkey.ts";
import { wordsOfRefusal } from "./refused-words.ts";
import { authorised } from "./session.ts";

/** Asks for a passkey, a code of the authenticator or a recovery code, then goes on with what waited for it. */
export function StepUp({ onDone }: { onDone: () => void }) {
  const t = useT();
  const prove = useMutation({
    mutationFn: (code: string) => authorised("POST", "/api/v1/auth/step-up", { code }),
    onSuccess: onDone,
  });
  const byKey = useMutation({ mutationFn: provePasskey, onSuccess: onDone });
  const { data: factors } = useQuery({
    queryKey: ["factors"],
    queryFn: () => authorised<{ passkeys: object[] }>("GET", "/api/v1/auth/mfa"),
  });
  const problem = prove.error ?? byKey.error;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    prove.mutate(String(new FormData(event.currentTarget).get("code") ?? "").trim());
  }
  return (
    <form onSubmit={submit} data-testid="step-up" className="mt-4 rounded-lg border border-line bg-bg p-3">
      <Field label={t("stepUp.code")} hint={t("stepUp.hint")}>
        {(ids) => (
          <input {...ids} name="code" required maxLength={40} autoComplete="one-time-code" className={inputLook} />
        )}
      </Field>
      {problem && <Notice tone="danger">{wordsOfRefusal(problem, t)}</Notice>}
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="primary" type="submit" busy={prove.isPending}>
          {t("stepUp.go")}
        </Button>
        {factors && factors.passkeys.length > 0 && (
          <Button busy={byKey.isPending} data-testid="step-up-passkey" onClick={() => byKey.mutate()}>
            {t("factor.byKey")}
          </Button>
        )}
        <Link to="/settings/security">{t("stepUp.enrol")}</Link>
      </div>
    </form>
  );
}
