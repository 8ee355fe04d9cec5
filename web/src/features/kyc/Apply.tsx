import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { authorised, type Session } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { pathOf } from "./queries.ts";

const fields = [
  { name: "legalName", type: "text", autoComplete: "name", pattern: undefined },
  { name: "latinName", type: "text", autoComplete: "off", pattern: "[A-Za-z][A-Za-z .'\\-]*" },
  { name: "birthDate", type: "date", autoComplete: "bday", pattern: undefined },
  { name: "nationality", type: "text", autoComplete: "off", pattern: "[A-Z]{3}" },
] as const;

const levels = ["1", "2", "3"] as const;

/** Begins a case: who the member is, and which level it asks for. What is written here is sealed at once. */
export function Apply({ session, held }: { session: Session; held: number }) {
  const t = useT();
  const queries = useQueryClient();
  const open = levels.filter((level) => Number(level) > held);
  const [level, setLevel] = useState<(typeof levels)[number]>(open[0] ?? "3");
  const begin = useMutation({
    mutationFn: (wish: object) => authorised("POST", pathOf(session), wish),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["kyc"] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const written = Object.fromEntries(fields.map(({ name }) => [name, String(form.get(name) ?? "").trim()]));
    begin.mutate({ ...written, level: Number(level) });
  }
  return (
    <Panel title={t("verify.begin")} data-testid="apply">
      <form onSubmit={submit}>
        <div className="mb-4">
          <p className="mb-1 font-semibold">{t("verify.wanted")}</p>
          <Choice
            label={t("verify.wanted")}
            value={level}
            options={open.map((value) => ({ value, label: t(`kyc.${value}`) }))}
            onChange={setLevel}
          />
        </div>
        {fields.map(({ name, ...input }) => (
          <Field key={name} label={t(`field.${name}`)} hint={t(`field.${name}.hint`)}>
            {(ids) => <input {...ids} {...input} name={name} required maxLength={200} className={inputLook} />}
          </Field>
        ))}
        {begin.error && <Notice tone="danger">{wordsOfRefusal(begin.error, t)}</Notice>}
        <Button kind="primary" type="submit" wide busy={begin.isPending} data-testid="begin">
          {t("verify.beginButton")}
        </Button>
        <p className="mt-3 text-sm text-muted">{t("verify.sealed")}</p>
      </form>
    </Panel>
  );
}
