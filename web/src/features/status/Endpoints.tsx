import { formatCount } from "../../shared/format/number.ts";
import type { Indexer } from "../../shared/graphql/indexer.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";

/** The chain endpoints of the indexer. */
export function Endpoints({ endpoints }: { endpoints: Indexer["endpoints"] }) {
  const t = useT();
  return (
    <Panel title={t("endpoints.title")}>
      {endpoints.length === 0 ? (
        <Empty title={t("endpoints.none")} />
      ) : (
        <DataTable
          caption={t("endpoints.title")}
          rows={endpoints}
          rowKey={({ endpoint }) => endpoint}
          columns={[
            {
              key: "endpoint",
              title: t("endpoints.address"),
              cell: ({ endpoint }) => <span className="font-mono text-sm">{endpoint}</span>,
            },
            { key: "calls", title: t("endpoints.calls"), isNumber: true, cell: ({ calls }) => formatCount(calls) },
            {
              key: "failures",
              title: t("endpoints.failures"),
              isNumber: true,
              cell: ({ failures }) => formatCount(failures),
            },
            {
              key: "last",
              title: t("endpoints.last"),
              cell: ({ lastError }) =>
                lastError === null ? (
                  <Badge tone="success">{t("endpoints.fine")}</Badge>
                ) : (
                  <Badge tone="warning">{lastError}</Badge>
                ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
