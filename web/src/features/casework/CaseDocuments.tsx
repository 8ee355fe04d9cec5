import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { authorisedFile } from "../../shared/session/session.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { type Case, type CaseDocument, casePath } from "./queries.ts";

/** One document; it is fetched when it is opened, and its opening is written down. */
function Document({ caseId, document }: { caseId: string; document: CaseDocument }) {
  const t = useT();
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: async () => URL.createObjectURL(await authorisedFile(`${casePath(caseId)}/documents/${document.id}`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["casework", caseId] }),
  });
  const url = open.data;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  const kind = t(`document.${document.kind}`);
  return (
    <li data-testid="case-document" className="rounded-lg border border-line bg-bg p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-semibold">{kind}</span>
        {document.isRead ? (
          <Badge tone="success">{t("casework.read")}</Badge>
        ) : (
          <Badge tone="warning">{t("casework.unread")}</Badge>
        )}
        <Button busy={open.isPending} onClick={() => open.mutate()}>
          {t("casework.open")}
        </Button>
      </div>
      <p className="mt-1 font-mono text-xs break-all text-muted">SHA-256 {document.sha256}</p>
      {open.error && <Notice tone="danger">{wordsOfRefusal(open.error, t)}</Notice>}
      {url && document.mediaType !== "application/pdf" && (
        <img src={url} alt={kind} className="mt-3 max-h-[60vh] max-w-full" />
      )}
      {url && document.mediaType === "application/pdf" && (
        <a href={url} download={`${document.kind}.pdf`} className={`mt-3 ${buttonLook()}`}>
          {t("casework.save")}
        </a>
      )}
    </li>
  );
}

/** What the member handed in. Whoever approves has opened all of it. */
export function CaseDocuments({ one, mayOpen }: { one: Case; mayOpen: boolean }) {
  const t = useT();
  return (
    <Panel title={t("casework.documents")} data-testid="case-documents">
      {mayOpen ? (
        <ul className="grid gap-3">
          {one.documents.map((document) => (
            <Document key={document.id} caseId={one.id} document={document} />
          ))}
        </ul>
      ) : (
        <p className="text-muted">{t("casework.noDocuments")}</p>
      )}
    </Panel>
  );
}
