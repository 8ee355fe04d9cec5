import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import type { HeldTier } from "../queries.ts";

export interface TierChange {
  at: number;
  blockNumber: number;
  kind: "CANCELLED" | "CHANGED" | "STAGED";
  from: HeldTier;
  to: HeldTier;
  reasons: ("APPOINTMENT" | "KYC" | "SLA" | "STAKE" | "STANDING" | "UPTIME")[];
  effectiveAt: number | null;
}

/** How the tier rose and fell, and for what. */
export function TierHistory({ changes, source }: { changes: TierChange[]; source: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("tierHistory.title")} source={source}>
      {changes.length === 0 ? (
        <Empty title={t("validator.noChanges")} />
      ) : (
        <DataTable
          caption={t("tierHistory.title")}
          rows={changes}
          rowKey={({ blockNumber, kind }) => `${blockNumber}-${kind}`}
          columns={[
            { key: "at", title: t("ui.time"), cell: ({ at }) => formatTime(at, locale) },
            { key: "kind", title: t("tierHistory.kind"), cell: ({ kind }) => t(`tierHistory.${kind}`) },
            {
              key: "change",
              title: t("ui.change"),
              cell: ({ from, to }) => `${t(`shownTier.${from}`)} → ${t(`shownTier.${to}`)}`,
            },
            {
              key: "reasons",
              title: t("tierHistory.reasons"),
              isMinor: true,
              cell: ({ reasons }) => reasons.map((reason) => t(`tierReason.${reason}`)).join(", "),
            },
          ]}
        />
      )}
    </Panel>
  );
}
