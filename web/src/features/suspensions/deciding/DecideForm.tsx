import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Choice } from "../../../shared/ui/form/Choice.tsx";
import { DurationField, secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { type Decision, decideSuspension } from "../actions/decide-suspension.ts";
import type { ChainSuspension } from "../queries.ts";
import { type Verdict, verdicts } from "../reasons.ts";

/** The council's verdict on an appeal, as what will be signed. */
export function DecideForm({ known }: { known: ChainSuspension }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const [verdict, setVerdict] = useState<Verdict>("UPHOLD");
  const [written, setWritten] = useState<WrittenDuration>({ count: "", unit: "minutes" });
  const seconds = secondsOf(written);
  const newEndsAt = seconds === undefined ? undefined : now + seconds;
  const isSooner = newEndsAt !== undefined && newEndsAt < known.term;
  const isReduce = verdict === "REDUCE";
  const decision: Decision | undefined =
    isReduce && !isSooner
      ? undefined
      : { suspensionId: known.suspensionId, verdict, newEndsAt: isReduce ? (newEndsAt ?? 0) : 0 };
  return (
    <div className="grid gap-3">
      <Choice
        label={t("decide.verdict")}
        value={verdict}
        options={verdicts.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        onChange={setVerdict}
      />
      <p className="text-sm text-muted">{t(`decideSuspension.${verdict}`)}</p>
      {isReduce && (
        <DurationField
          label={t("decideSuspension.endsIn")}
          hint={t("decideSuspension.before", { time: formatTime(known.term, locale) })}
          error={seconds !== undefined && !isSooner ? t("decideSuspension.tooLate") : undefined}
          value={written}
          onChange={setWritten}
        />
      )}
      {decision && (
        <CallPreview
          contract="SuspensionManager"
          functionName="decide"
          args={[
            { name: "suspensionId", sent: String(known.suspensionId) },
            { name: "verdict", shown: t(`verdict.${verdict}`), sent: String(verdicts.indexOf(verdict)) },
            {
              name: "newEndsAt",
              shown: isReduce ? formatTime(decision.newEndsAt, locale) : undefined,
              sent: String(decision.newEndsAt),
            },
          ]}
        />
      )}
      <ActionButton
        action={decideSuspension}
        input={decision}
        label={t("decide.sign")}
        missing={{
          label: t("decideSuspension.first"),
          go: () => document.querySelector<HTMLInputElement>("[data-testid=duration-input]")?.focus(),
        }}
        testId="decide-suspension"
      />
    </div>
  );
}
