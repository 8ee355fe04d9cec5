import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { authorised } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { type Case, casePath } from "./queries.ts";
import { ReasonField } from "./ReasonField.tsx";

const reasons = [
  "document_unreadable",
  "document_expired",
  "document_missing",
  "data_mismatch",
  "document_altered",
  "not_the_person",
  "sanctioned",
  "provider_final",
] as const;

function Form({ one, onDone }: { one: Case; onDone: () => Promise<void> }) {
  const t = useT();
  const [outcome, setOutcome] = useState<"approve" | "reject">(one.answer === "green" ? "approve" : "reject");
  const send = useMutation({
    mutationFn: (body: object) => authorised("POST", `${casePath(one.id)}/recommendation`, body),
    onSuccess: onDone,
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const reason = outcome === "reject" ? text("reason") : null;
    send.mutate({ outcome, reason, comment: text("comment"), note: text("note") });
  }
  return (
    <form onSubmit={submit}>
      <Choice
        label={t("casework.outcome")}
        value={outcome}
        options={(["approve", "reject"] as const).map((value) => ({ value, label: t(`outcome.${value}`) }))}
        onChange={setOutcome}
      />
      {outcome === "reject" && <ReasonField reasons={reasons} />}
      {(["comment", "note"] as const).map((name) => (
        <Field key={name} label={t(`remark.${name}`)} hint={t(`remark.${name}.hint`)}>
          {(ids) => <textarea {...ids} name={name} rows={3} maxLength={2_000} className={inputLook} />}
        </Field>
      ))}
      {send.error && <Notice tone="danger">{wordsOfRefusal(send.error, t)}</Notice>}
      <Button kind="primary" type="submit" wide busy={send.isPending} data-testid="recommend">
        {t("casework.recommend")}
      </Button>
    </form>
  );
}

/** The first officer's part: take the case for twenty minutes, and recommend. */
export function Recommend({ one }: { one: Case }) {
  const t = useT();
  const locale = useLocale();
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: ["casework"] });
  const lease = useMutation({
    mutationFn: (method: "PUT" | "DELETE") => authorised(method, `${casePath(one.id)}/lease`),
    onSettled: changed,
  });
  const isMine = one.lease?.isMine === true;
  return (
    <Panel title={t("casework.recommendTitle")} data-testid="recommending">
      {one.lease && !isMine && <Notice tone="warning">{t("casework.held")}</Notice>}
      {lease.error && <Notice tone="danger">{wordsOfRefusal(lease.error, t)}</Notice>}
      {isMine && one.lease && (
        <p className="mb-3 text-sm">
          {t("casework.until", { at: formatTime(Date.parse(one.lease.until) / 1_000, locale) })}
        </p>
      )}
      <div className="mb-4 flex flex-wrap gap-2">
        <Button
          kind={isMine ? "secondary" : "primary"}
          busy={lease.isPending}
          data-testid="take"
          onClick={() => lease.mutate("PUT")}
        >
          {isMine ? t("casework.renew") : t("casework.take")}
        </Button>
        {isMine && <Button onClick={() => lease.mutate("DELETE")}>{t("casework.release")}</Button>}
      </div>
      {isMine && <Form one={one} onDone={changed} />}
    </Panel>
  );
}
