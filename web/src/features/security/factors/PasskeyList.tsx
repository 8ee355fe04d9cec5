import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { enrolPasskey } from "../../../shared/session/passkey.ts";
import { authorised } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import type { Factors } from "./queries.ts";

interface Props {
  passkeys: Factors["passkeys"];
  onCodes: (codes: string[]) => void;
  onChanged: () => void;
}

function Add({ onCodes }: Pick<Props, "onCodes">) {
  const t = useT();
  const add = useMutation({ mutationFn: enrolPasskey, onSuccess: onCodes });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    add.mutate(String(new FormData(event.currentTarget).get("name") ?? "").trim());
  }
  return (
    <>
      <form onSubmit={submit}>
        <Field label={t("factor.keyName")} hint={t("factor.keyHint")}>
          {(ids) => <input {...ids} name="name" required maxLength={60} className={inputLook} />}
        </Field>
        <Button kind="primary" type="submit" busy={add.isPending} data-testid="passkey-add">
          {t("factor.keyAdd")}
        </Button>
      </form>
      <Hurdle of={add} />
    </>
  );
}

/** Passkeys by their names; one is added by the browser, removed with a factor. */
export function PasskeyList({ passkeys, onCodes, onChanged }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const remove = useMutation({
    mutationFn: (id: string) => authorised("DELETE", `/api/v1/auth/mfa/webauthn/${id}`),
    onSuccess: onChanged,
  });
  return (
    <section className="border-t border-line pt-4" data-testid="passkeys">
      <h3 className="mb-2 font-semibold">{t("factor.keys")}</h3>
      <ul className="mb-4 grid gap-2">
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2" data-testid="passkey">
            <span>
              {name}{" "}
              <span className="text-sm text-muted">
                {lastUsedAt
                  ? t("factor.usedAt", { time: at(lastUsedAt) })
                  : t("factor.addedAt", { time: at(createdAt) })}
              </span>
            </span>
            <Button kind="danger" busy={remove.isPending && remove.variables === id} onClick={() => remove.mutate(id)}>
              {t("factor.remove")}
              <span className="sr-only"> {name}</span>
            </Button>
          </li>
        ))}
      </ul>
      <Hurdle of={remove} />
      <Add onCodes={onCodes} />
    </section>
  );
}
