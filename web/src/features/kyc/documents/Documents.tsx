import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useT } from "../../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../../shared/session/refused-words.ts";
import { authorised, type Session } from "../../../shared/session/session.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { neededFor, type OwnCase, pathOf } from "../queries.ts";
import { DocumentSlot } from "./DocumentSlot.tsx";

/** What a case still needs, and its handing over. Nothing is asked for twice. */
export function Documents({ session, own }: { session: Session; own: OwnCase }) {
  const t = useT();
  const queries = useQueryClient();
  const needed = neededFor[own.level];
  const isComplete = needed.every((kind) => own.documents.some((one) => one.kind === kind && one.sha256 !== null));
  const submit = useMutation({
    mutationFn: () => authorised("POST", `${pathOf(session)}/submission`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["kyc"] }),
  });
  return (
    <Panel title={t("verify.documents")} data-testid="documents">
      <p className="mb-3 text-sm text-muted">{t("verify.documentsLead")}</p>
      <div className="grid gap-4">
        {[...needed, "other" as const].map((kind) => (
          <DocumentSlot
            key={kind}
            session={session}
            kind={kind}
            documents={own.documents.filter((one) => one.kind === kind)}
          />
        ))}
      </div>
      {submit.error && <Notice tone="danger">{wordsOfRefusal(submit.error, t)}</Notice>}
      <p role="status" className="my-3 text-sm">
        {isComplete ? t("verify.complete") : t("verify.incomplete")}
      </p>
      {isComplete && (
        <Button kind="primary" wide busy={submit.isPending} data-testid="submit-case" onClick={() => submit.mutate()}>
          {t("verify.submit")}
        </Button>
      )}
    </Panel>
  );
}
