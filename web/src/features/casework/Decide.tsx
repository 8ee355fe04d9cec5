import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { authorised } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import type { Case } from "./queries.ts";

/** The second officer's part. Whoever recommended is told that somebody else decides. */
export function Decide({ one }: { one: Case }) {
  const t = useT();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (body: object) => authorised("POST", `/api/v1/admin/approvals/${one.approvalId}/decision`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["casework"] }),
  });
  if (one.isMine) {
    return (
      <Panel title={t("casework.decideTitle")} data-testid="deciding">
        <Notice title={t("casework.maker")}>{t("casework.makerReason")}</Notice>
      </Panel>
    );
  }
  const unread = one.documents.filter(({ isRead }) => !isRead).length;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const approve = (submitter as HTMLButtonElement | null)?.value === "approve";
    const body = { approve, reason: String(new FormData(event.currentTarget).get("reason") ?? "") };
    decide.mutate(body);
  }
  return (
    <Panel title={t("casework.decideTitle")} data-testid="deciding">
      <p className="mb-3">{t("casework.decideLead")}</p>
      {unread > 0 && <Notice tone="warning">{t("casework.unreadLeft", { n: unread })}</Notice>}
      <form onSubmit={submit}>
        <Field label={t("casework.because")}>
          {(ids) => <input {...ids} name="reason" required maxLength={500} className={inputLook} />}
        </Field>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button kind="primary" type="submit" value="approve" busy={decide.isPending} data-testid="agree">
            {t("casework.agree")}
          </Button>
          <Button kind="danger" type="submit" value="reject" busy={decide.isPending} data-testid="disagree">
            {t("casework.disagree")}
          </Button>
        </div>
      </form>
      <Hurdle of={decide} />
    </Panel>
  );
}
