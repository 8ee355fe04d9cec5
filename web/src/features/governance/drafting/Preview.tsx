import { useT } from "../../../shared/i18n/i18n.ts";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { DecodedCall } from "../parts/DecodedCall.tsx";
import { placed } from "../parts/placed.ts";
import type { Trial } from "../parts/trial.ts";
import { Verdict } from "../parts/Verdict.tsx";
import type { Built } from "./draft.ts";

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
            <Verdict trial={trials[place]} />
          </li>
        ))}
      </ol>
      <p className="mt-3 text-sm text-muted">{t("trial.apart")}</p>
    </>
  );
}
