import { useT } from "../../../shared/i18n/i18n.ts";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { DecodedCall } from "../parts/DecodedCall.tsx";
import { placed } from "../parts/placed.ts";
import type { Trial } from "../parts/trial.ts";
import { Verdict } from "../parts/Verdict.tsx";
import type { ProposalCall } from "../queries.ts";

/** What a proposal does: each call in words, its bytes on demand. */
export function Calls({ calls, trials }: { calls: ProposalCall[]; trials?: Trial[] }) {
  const t = useT();
  return (
    <ol className="grid gap-3">
      {placed(calls).map(({ item: { target, value, calldata, decoded }, place }) => (
        <li key={place} data-testid="proposal-call" className="rounded-lg border border-line bg-bg p-3">
          {decoded ? (
            <DecodedCall contract={decoded.contract} signature={decoded.signature} args={decoded.args} />
          ) : (
            <p className="font-semibold text-warning">! {t("calls.unknown")}</p>
          )}
          {value !== "0" && <p className="font-semibold text-warning">! {t("calls.value", { value })}</p>}
          {trials && <Verdict trial={trials[place]} />}
          <details className="mt-2 text-sm">
            <summary className="min-h-6 cursor-pointer">{t("calls.raw")}</summary>
            <p className="mt-1">
              {t("calls.target")}: <HexText value={target} full />
            </p>
            <p className="font-mono break-all">{calldata}</p>
          </details>
        </li>
      ))}
    </ol>
  );
}
