import { useState } from "react";
import { VerdictForm } from "../../../shared/appeal/VerdictForm.tsx";
import { parseBps } from "../../../shared/format/percent.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { decideCase } from "../actions/decide-case.ts";
import { formatFraction, fractionOfBps, type SlashVerdict, verdicts } from "../kinds.ts";
import type { ChainCase } from "../queries.ts";

/** The verdict on an appealed case; a lesser one asks for the part that is taken instead. */
export function DecideForm({ known }: { known: ChainCase }) {
  const t = useT();
  const [verdict, setVerdict] = useState<SlashVerdict>("UPHOLD");
  const [written, setWritten] = useState("");
  const { caseId } = known;
  const isReduce = verdict === "REDUCE";
  const bps = parseBps(written);
  const asked = bps === undefined ? undefined : fractionOfBps(bps);
  const isFraction = asked !== undefined && asked > 0n && asked < known.fraction;
  const fraction = isReduce ? (isFraction ? asked : undefined) : 0n;
  const most = formatFraction(known.fraction);
  return (
    <VerdictForm
      contract="SlashingManager"
      subject={{ name: "caseId", id: caseId }}
      verdicts={verdicts}
      verdict={verdict}
      onChange={setVerdict}
      meaning={t(`decide.${verdict}`)}
      measure={{
        name: "newFraction",
        shown: isReduce && fraction !== undefined ? formatFraction(fraction) : undefined,
        sent: String(fraction),
      }}
      action={decideCase}
      input={fraction === undefined ? undefined : { caseId, verdict, fraction }}
      first={t("decide.first")}
    >
      {isReduce && (
        <Field
          label={t("decide.fraction")}
          hint={t("decide.below", { max: most })}
          error={written !== "" && !isFraction ? t("decide.wrong", { max: most }) : undefined}
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
    </VerdictForm>
  );
}
