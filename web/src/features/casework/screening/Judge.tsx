import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Hurdle } from "../../../shared/session/Hurdle.tsx";
import { authorised } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type Hit, hitPath } from "./queries.ts";

interface Choice {
  value: string;
  label: string;
  isDanger?: boolean;
}

interface AskProps {
  lead: string;
  choices: [Choice, Choice];
  send: (choice: string, reason: string) => Promise<unknown>;
}

/** Two ways to decide, one reason. */
export function Ask({ lead, choices, send }: AskProps) {
  const t = useT();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: ({ choice, reason }: { choice: string; reason: string }) => send(choice, reason),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["screening"] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const choice = (submitter as HTMLButtonElement | null)?.value ?? "";
    decide.mutate({ choice, reason: String(new FormData(event.currentTarget).get("reason") ?? "") });
  }
  return (
    <>
      <p className="mb-3">{lead}</p>
      <form onSubmit={submit}>
        <Field label={t("casework.because")}>
          {(ids) => <input {...ids} name="reason" required maxLength={500} className={inputLook} />}
        </Field>
        <div className="flex flex-wrap gap-2">
          {choices.map(({ value, label, isDanger }) => (
            <Button
              key={value}
              kind={isDanger ? "danger" : "primary"}
              type="submit"
              value={value}
              busy={decide.isPending}
              data-testid={value}
            >
              {label}
            </Button>
          ))}
        </div>
      </form>
      <Hurdle of={decide} />
    </>
  );
}

/** An officer's word on an open hit, or the second one's on a confirmation. */
export function Judge({ hit }: { hit: Hit }) {
  const t = useT();
  if (hit.state === "proposed" && hit.isMine) {
    return (
      <Panel title={t("screening.judge")} data-testid="judging">
        <Notice title={t("screening.mine")}>{t("casework.makerReason")}</Notice>
      </Panel>
    );
  }
  const isOpen = hit.state === "open";
  if (!isOpen && hit.state !== "proposed") return null;
  return (
    <Panel title={t("screening.judge")} data-testid="judging">
      {isOpen ? (
        <Ask
          lead={t("screening.judgeLead")}
          choices={[
            { value: "dismiss", label: t("screening.dismiss") },
            { value: "confirm", label: t("screening.confirm"), isDanger: true },
          ]}
          send={(outcome, reason) => authorised("POST", `${hitPath(hit.id)}/decision`, { outcome, reason })}
        />
      ) : (
        <Ask
          lead={t("screening.secondLead")}
          choices={[
            { value: "disagree", label: t("screening.disagree") },
            { value: "agree", label: t("screening.agree"), isDanger: true },
          ]}
          send={(choice, reason) =>
            authorised("POST", `/api/v1/admin/approvals/${hit.approvalId}/decision`, {
              ...{ approve: choice === "agree", reason },
            })
          }
        />
      )}
    </Panel>
  );
}
