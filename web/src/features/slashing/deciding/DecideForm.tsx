import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { parseBps } from "../../../shared/format/percent.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Choice } from "../../../shared/ui/form/Choice.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { type Decision, decideCase } from "../actions/decide-case.ts";
import { formatFraction, fractionOfBps, type SlashVerdict, verdicts } from "../kinds.ts";
import type { ChainCase } from "../queries.ts";

/** The council's verdict, as what will be signed. */
export function DecideForm({ known }: { known: ChainCase }) {
  const t = useT();
  const [verdict, setVerdict] = useState<SlashVerdict>("UPHOLD");
  const [written, setWritten] = useState("");
  const bps = parseBps(written);
  const asked = bps === undefined ? undefined : fractionOfBps(bps);
  const isFraction = asked !== undefined && asked > 0n && asked < known.fraction;
  const fraction = verdict === "REDUCE" ? asked : 0n;
  const decision: Decision | undefined =
    fraction !== undefined && (verdict !== "REDUCE" || isFraction)
      ? { caseId: known.caseId, verdict, fraction }
      : undefined;
  return (
    <div className="grid gap-3">
      <Choice
        label={t("decide.verdict")}
        value={verdict}
        options={verdicts.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        onChange={setVerdict}
      />
      <p className="text-sm text-muted">{t(`decide.${verdict}`)}</p>
      {verdict === "REDUCE" && (
        <Field
          label={t("decide.fraction")}
          hint={t("decide.below", { max: formatFraction(known.fraction) })}
          error={written !== "" && !isFraction ? t("decide.wrong", { max: formatFraction(known.fraction) }) : undefined}
        >
          {(ids) => (
            <input
              {...ids}
              data-testid="fraction-input"
              inputMode="decimal"
              value={written}
              onChange={(event) => setWritten(event.target.value)}
              className={`${inputLook} num`}
            />
          )}
        </Field>
      )}
      {decision && (
        <CallPreview
          contract="SlashingManager"
          functionName="decide"
          args={[
            { name: "caseId", sent: String(known.caseId) },
            { name: "verdict", shown: t(`verdict.${verdict}`), sent: String(verdicts.indexOf(verdict)) },
            {
              name: "newFraction",
              shown: verdict === "REDUCE" ? formatFraction(decision.fraction) : undefined,
              sent: String(decision.fraction),
            },
          ]}
        />
      )}
      <ActionButton
        action={decideCase}
        input={decision}
        label={t("decide.sign")}
        missing={{
          label: t("decide.first"),
          go: () => document.querySelector<HTMLInputElement>("[data-testid=fraction-input]")?.focus(),
        }}
        testId="decide-case"
      />
    </div>
  );
}
