import { useState } from "react";
import { VerdictForm } from "../../../shared/appeal/VerdictForm.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { DurationField, secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import { decideSuspension } from "../actions/decide-suspension.ts";
import type { ChainSuspension } from "../queries.ts";
import { type Verdict, verdicts } from "../reasons.ts";

/** The verdict on an appealed suspension; a lesser one asks for the time until it ends instead. */
export function DecideForm({ known }: { known: ChainSuspension }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const [verdict, setVerdict] = useState<Verdict>("UPHOLD");
  const [written, setWritten] = useState<WrittenDuration>({ count: "", unit: "minutes" });
  const { suspensionId } = known;
  const isReduce = verdict === "REDUCE";
  const seconds = secondsOf(written);
  const asked = seconds === undefined ? undefined : now + seconds;
  const isSooner = asked !== undefined && asked < known.term;
  const newEndsAt = isReduce ? (isSooner ? asked : undefined) : 0;
  return (
    <VerdictForm
      contract="SuspensionManager"
      subject={{ name: "suspensionId", id: suspensionId }}
      verdicts={verdicts}
      verdict={verdict}
      onChange={setVerdict}
      meaning={t(`decideSuspension.${verdict}`)}
      measure={{
        name: "newEndsAt",
        shown: isReduce && newEndsAt !== undefined ? formatTime(newEndsAt, locale) : undefined,
        sent: String(newEndsAt),
      }}
      action={decideSuspension}
      input={newEndsAt === undefined ? undefined : { suspensionId, verdict, newEndsAt }}
      first={t("decideSuspension.first")}
    >
      {isReduce && (
        <DurationField
          label={t("decideSuspension.endsIn")}
          hint={t("decideSuspension.before", { time: formatTime(known.term, locale) })}
          error={seconds !== undefined && !isSooner ? t("decideSuspension.tooLate") : undefined}
          value={written}
          onChange={setWritten}
        />
      )}
    </VerdictForm>
  );
}
