import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { QuorumBar } from "../parts/QuorumBar.tsx";
import type { View } from "../queries.ts";
import { shareBps } from "../states.ts";

const order = ["for", "against", "abstain"] as const;
const glyphs = { for: "✓", against: "✕", abstain: "–" };

/** How many units stand on each side, and whether they are enough. */
export function Tally({ view, source }: { view: View; source: string }) {
  const t = useT();
  const total = view.for + view.against + view.abstain;
  return (
    <Panel title={t("proposal.tally")} source={source} data-testid="tally">
      <p className="mb-3 text-sm text-muted">
        {total === 0n
          ? t("proposal.noVotes")
          : t("proposal.tallySummary", {
              for: formatBps(shareBps(view.for, total)),
              against: formatBps(shareBps(view.against, total)),
              abstain: formatBps(shareBps(view.abstain, total)),
            })}
      </p>
      <ul className="mb-4 grid gap-3">
        {order.map((side) => (
          <li key={side} data-testid={`tally-${side}`} className="grid gap-1">
            <span className="flex flex-wrap justify-between gap-2">
              <span>
                <span aria-hidden="true">{glyphs[side]}</span> {t(`vote.${side}`)}
              </span>
              <span className="num">
                <Amount value={view[side]} source={source} digits={2} unit="" /> (
                {formatBps(shareBps(view[side], total))})
              </span>
            </span>
            <progress
              aria-label={t(`vote.${side}`)}
              max={10_000}
              value={shareBps(view[side], total)}
              className="h-2 w-full"
            />
          </li>
        ))}
      </ul>
      <h3 className="mb-1 font-semibold">{t("proposal.quorum")}</h3>
      <QuorumBar counted={view.for + view.abstain} quorum={view.quorum} source={source} />
    </Panel>
  );
}
