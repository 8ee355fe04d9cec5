import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../../shared/session/refused-words.ts";
import { authorised, type Session } from "../../../shared/session/session.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type DocumentKind, type OwnDocument, pathOf } from "../queries.ts";
import { type Progress, upload } from "../upload.ts";

interface Props {
  session: Session;
  kind: DocumentKind;
  documents: OwnDocument[];
}

/** One kind of document: what is there, and a place for a file, with how far it has come. */
export function DocumentSlot({ session, kind, documents }: Props) {
  const t = useT();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const changed = () => queries.invalidateQueries({ queryKey: ["kyc"] });
  const begun = documents.find(({ sha256 }) => sha256 === null);
  const send = useMutation({
    mutationFn: (file: File) => upload(session, { file, kind, begun }, setProgress),
    onSettled: () => {
      setProgress(undefined);
      return changed();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => authorised("DELETE", `${pathOf(session)}/documents/${id}`),
    onSettled: changed,
  });
  const error = send.error ?? remove.error;
  return (
    <div data-testid={`slot-${kind}`}>
      <Field label={t(`document.${kind}`)} hint={t(`document.${kind}.hint`)}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept="image/jpeg,image/png,application/pdf"
            disabled={send.isPending}
            className={inputLook}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) send.mutate(file);
              target.value = "";
            }}
          />
        )}
      </Field>
      {progress && (
        <label className="mb-3 block text-sm">
          {t(`upload.${progress.stage}`)}
          <progress max={1} value={progress.share} className="mt-1 block w-full" />
        </label>
      )}
      <ul className="grid gap-2">
        {documents.map(({ id, size, received, sha256 }) => (
          <li key={id} data-testid="document" className="flex flex-wrap items-center justify-between gap-2 text-sm">
            {sha256 ? (
              <Badge tone="success">{t("upload.done", { hash: sha256.slice(0, 12) })}</Badge>
            ) : (
              <Badge tone="warning">{t("upload.begun", { share: Math.floor((received / size) * 100) })}</Badge>
            )}
            <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate(id)}>
              {t("upload.remove")}
            </Button>
          </li>
        ))}
      </ul>
      {error && <Notice tone="danger">{wordsOfRefusal(error, t)}</Notice>}
    </div>
  );
}
