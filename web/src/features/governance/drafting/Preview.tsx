import { type Refusal, wordRefusal } from "../../../shared/action/refusal.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { DecodedCall } from "../parts/DecodedCall.tsx";
import { placed } from "../parts/placed.ts";
import type { Built } from "./draft.ts";

/** How a call would end if the timelock made it now. */
export type Trial = { state: "running" } | { state: "passes" } | { state: "fails"; refusal: Refusal };

function Verdict({ trial }: { trial: Trial }) {
  const t = useT();
  const locale = useLocale();
  if (trial.state === "running") return <p className="text-sm text-muted">{t("trial.running")}</p>;
  if (trial.state === "passes") return <p className="text-success">✓ {t("trial.passes")}</p>;
  return (
    <Notice tone="danger" title={t("trial.fails")}>
      {wordRefusal(trial.refusal, t, locale)}
    </Notice>
  );
}

/** What would be proposed: each call in words and bytes, and how it would end now. */
export function Preview({ calls, trials }: { calls: Built[]; trials: Trial[] }) {
  const t = useT();
  return (
    <>
      <ol className="grid gap-3" data-testid="preview">
        {placed(calls).map(({ item: call, place }) => (
          <li key={place} className="grid gap-2 rounded-lg border border-line bg-bg p-3">
            <DecodedCall contract={call.contract} signature={call.signature} args={call.args} />
            <p className="text-sm">
              {t("calls.target")}: <HexText value={call.target} />
            </p>
            <p className="font-mono text-xs break-all text-muted" data-testid="preview-calldata">
              {call.calldata}
            </p>
            <div role="status" data-testid="trial" data-state={trials[place]?.state ?? "running"}>
              <Verdict trial={trials[place] ?? { state: "running" }} />
            </div>
          </li>
        ))}
      </ol>
      <p className="mt-3 text-sm text-muted">{t("trial.apart")}</p>
    </>
  );
}
