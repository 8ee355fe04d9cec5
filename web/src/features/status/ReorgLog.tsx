import { formatTime } from "../../shared/format/number.ts";
import type { IndexedReorg } from "../../shared/graphql/indexer.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";

/** Reorganisations that the indexer has undone. */
export function ReorgLog({ reorgs }: { reorgs: IndexedReorg[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("reorg.title")}>
      {reorgs.length === 0 ? (
        <Empty title={t("reorg.none")} reason={t("reorg.noneReason")} />
      ) : (
        <DataTable
          caption={t("reorg.title")}
          rows={reorgs}
          rowKey={({ seenAtMs, fromBlock }) => `${seenAtMs}-${fromBlock}`}
          columns={[
            { key: "at", title: t("reorg.seen"), cell: ({ seenAtMs }) => formatTime(seenAtMs / 1000, locale) },
            { key: "from", title: t("reorg.from"), isNumber: true, cell: ({ fromBlock }) => fromBlock },
            { key: "depth", title: t("reorg.depth"), isNumber: true, cell: ({ depth }) => depth },
            {
              key: "rows",
              title: t("reorg.rows"),
              isNumber: true,
              isMinor: true,
              cell: ({ rowsUndone }) => rowsUndone,
            },
            { key: "old", title: t("reorg.old"), cell: ({ oldHash }) => <HexText value={oldHash} /> },
            { key: "new", title: t("reorg.new"), cell: ({ newHash }) => <HexText value={newHash} /> },
          ]}
        />
      )}
    </Panel>
  );
}
