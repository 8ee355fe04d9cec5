import { useState } from "react";
import { useChain } from "../../../shared/chain/context.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Examination } from "./Examination.tsx";
import { readVotes } from "./pasted-votes.ts";

/** Where anybody brings two contradicting votes: they are examined here, then reported. */
export function ReportPage() {
  const t = useT();
  const { config } = useChain();
  const [written, setWritten] = useState("");
  const read = written.trim() === "" ? undefined : readVotes(written, config.chainId);
  return (
    <>
      <PageHeader title={t("report.title")} lead={t("report.lead")} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel title={t("report.votes")}>
          <Field
            label={t("report.json")}
            hint={t("report.jsonHint")}
            error={read && "problem" in read ? t(`report.${read.problem}`) : undefined}
          >
            {(ids) => (
              <textarea
                {...ids}
                data-testid="votes-input"
                rows={10}
                spellCheck={false}
                value={written}
                onChange={(event) => setWritten(event.target.value)}
                className={`${inputLook} font-mono text-sm`}
              />
            )}
          </Field>
          <details>
            <summary className="min-h-6 cursor-pointer text-sm font-semibold">{t("report.form")}</summary>
            <pre className="mt-2 overflow-x-auto rounded-lg border border-line bg-bg p-3 text-sm">
              {
                '[{ "key": "0x…", "height": 120, "round": 0, "step": 1,\n   "blockHash": "0x…", "signature": "0x…" },\n { … }]'
              }
            </pre>
          </details>
        </Panel>
        {read && "pair" in read && <Examination key={written} pair={read.pair} />}
      </div>
    </>
  );
}
