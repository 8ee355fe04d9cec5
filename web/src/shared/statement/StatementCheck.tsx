import { useState } from "react";
import { useT } from "../i18n/i18n.ts";
import { Field, inputLook } from "../ui/form/Field.tsx";
import { Notice } from "../ui/states/Notice.tsx";
import { HexText } from "../ui/values/HexText.tsx";
import { hashFile } from "./document.ts";

/** Compares a file that somebody was given with the hash on chain, in this browser. */
export function StatementCheck({ hash, label }: { hash: string; label: string }) {
  const t = useT();
  const [found, setFound] = useState<string>();
  const isSame = found === hash.toLowerCase();
  return (
    <div>
      <p className="mb-2 text-sm text-muted">
        {t("statement.onChain")}: <HexText value={hash} />
      </p>
      <Field label={label} hint={t("statement.checkHint")}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            data-testid="statement-check"
            className={inputLook}
            onChange={async (event) => {
              const file = event.currentTarget.files?.[0];
              setFound(file && (await hashFile(file)).keccak256);
            }}
          />
        )}
      </Field>
      <div role="status">
        {found && (
          <Notice tone={isSame ? "success" : "danger"} title={t(isSame ? "statement.same" : "statement.other")} />
        )}
      </div>
    </div>
  );
}
