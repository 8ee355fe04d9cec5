import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import type { RecordedProposal, View } from "../queries.ts";
import { timelineOf } from "./timeline.ts";

interface Props {
  view: View;
  proposal: RecordedProposal | undefined;
  source: string;
}

/** From the proposal to its execution, with the contract's own times. */
export function Timeline({ view, proposal, source }: Props) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  return (
    <Panel title={t("timeline.title")} source={source} data-testid="timeline">
      <ol className="grid gap-3">
        {timelineOf(view, proposal, now).map(({ step, at, isDone }) => (
          <li key={step} data-step={step} data-done={isDone} className="flex gap-3">
            <span aria-hidden="true" className={isDone ? "text-success" : "text-muted"}>
              {isDone ? "●" : "○"}
            </span>
            <span>
              <span className={isDone ? "font-semibold" : ""}>{t(`timeline.${step}`)}</span>
              {!isDone && <span className="sr-only"> ({t("timeline.toCome")})</span>}
              {step === "deadline" && proposal?.isExtended && ` · ${t("timeline.extended")}`}
              <span className="block text-sm text-muted">
                {at === undefined ? t(isDone ? "timeline.unknown" : "timeline.waits") : formatTime(at, locale)}{" "}
                {at !== undefined && !isDone && at > now && <Countdown seconds={at - now} />}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
