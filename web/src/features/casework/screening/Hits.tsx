import { Link } from "@tanstack/react-router";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { type QueuedHit, useHits } from "./queries.ts";

/** From here on a score is shown as a danger; it decides nothing. */
const HIGH = 85;

/** Hits of screening that wait for an officer: nobody's name is among it. */
export function Hits() {
  const t = useT();
  const locale = useLocale();
  const hits = useHits();
  const columns: Column<QueuedHit>[] = [
    {
      key: "since",
      title: t("screening.since"),
      cell: ({ id, openedAt }) => (
        <Link to="/admin/screening/$id" params={{ id }}>
          {formatTime(Date.parse(openedAt) / 1_000, locale)}
        </Link>
      ),
    },
    { key: "kind", title: t("screening.kind"), cell: ({ kind }) => t(`feature.${kind}`) },
    {
      key: "score",
      title: t("screening.score"),
      cell: ({ score }) => <Badge tone={score >= HIGH ? "danger" : "warning"}>{score}</Badge>,
    },
    { key: "aml", title: t("casework.score"), cell: ({ amlScore }) => amlScore ?? "–" },
    {
      key: "state",
      title: t("work.state"),
      cell: ({ state, isMine }) => (isMine ? t("screening.mine") : t(`hit.${state}`)),
      isMinor: true,
    },
  ];
  return (
    <Panel title={t("screening.hits")} data-testid="hits">
      <Answer query={hits} lines={4}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("screening.none")} reason={t("screening.noneReason")} />
          ) : (
            <DataTable
              caption={t("screening.hits")}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              rowTestId="hit"
            />
          )
        }
      </Answer>
    </Panel>
  );
}
