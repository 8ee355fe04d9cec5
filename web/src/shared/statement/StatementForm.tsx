import { download } from "../format/file.ts";
import { formatCount } from "../format/number.ts";
import { useT } from "../i18n/i18n.ts";
import { Button } from "../ui/Button.tsx";
import { Field, inputLook } from "../ui/form/Field.tsx";
import { Notice } from "../ui/states/Notice.tsx";
import { HexText } from "../ui/values/HexText.tsx";
import { documentOf, hashFile, hashOf, type Statement } from "./document.ts";
import type { useStatement } from "./draft.ts";

/** Shortest statement that says anything. */
export const LEAST_CHARACTERS = 10;

export function saveStatement(statement: Statement): void {
  download(`tburn-${statement.about}-statement.json`, "application/json", documentOf(statement));
}

interface Props extends ReturnType<typeof useStatement> {
  /** What the words are: a statement, if nothing is said. */
  label?: string;
  /** What becomes of the document; it goes to the council, if nothing is said. */
  meaning?: string;
}

/** Words and files of an appeal or of a decision. Nothing leaves this browser but the hash that is signed. */
export function StatementForm({ statement, write, addFiles, label, meaning }: Props) {
  const t = useT();
  const isShort = statement.text.trim().length < LEAST_CHARACTERS;
  return (
    <>
      <Field label={label ?? t("statement.text")} hint={t("statement.kept")}>
        {(ids) => (
          <textarea
            {...ids}
            data-testid="statement-text"
            rows={8}
            value={statement.text}
            onChange={(event) => write({ text: event.target.value })}
            className={inputLook}
          />
        )}
      </Field>
      <Field label={t("statement.files")} hint={t("statement.filesHint")}>
        {(ids) => (
          <input
            {...ids}
            data-testid="statement-files"
            type="file"
            multiple
            className={inputLook}
            onChange={async (event) => {
              const field = event.currentTarget;
              addFiles(await Promise.all([...(field.files ?? [])].map(hashFile)));
              field.value = "";
            }}
          />
        )}
      </Field>
      <ul className="mb-4 grid gap-2">
        {statement.files.map((file, index) => (
          <li key={`${file.keccak256}-${file.name}`} className="flex flex-wrap items-center gap-x-3 text-sm">
            <span className="break-all">{file.name}</span>
            <span className="num text-muted">{t("statement.bytes", { bytes: formatCount(file.bytes) })}</span>
            <HexText value={file.keccak256} />
            <button
              type="button"
              className="link min-h-8"
              onClick={() => write({ files: statement.files.filter((_, at) => at !== index) })}
            >
              {t("statement.remove")}
            </button>
          </li>
        ))}
      </ul>
      {!isShort && (
        <div className="mb-4">
          <Notice title={t("statement.hash")}>
            <HexText value={hashOf(documentOf(statement))} full />
            <p className="my-2">{meaning ?? t("statement.meaning")}</p>
            <Button onClick={() => saveStatement(statement)}>{t("statement.save")}</Button>
          </Notice>
        </div>
      )}
    </>
  );
}
