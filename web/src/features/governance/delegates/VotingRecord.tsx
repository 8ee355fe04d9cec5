import { Link } from "@tanstack/react-router";
import { formatAmount } from "../../../shared/format/amount.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { drawable } from "../../../shared/graphql/days.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Chart } from "../../../shared/ui/chart/Chart.tsx";
import { DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { shortId } from "../states.ts";
import type { Voter } from "./queries.ts";

/** What a voter decided, with the reasons it gave. */
export function VotingRecord({ voter, source }: { voter: Voter; source: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("delegates.record", { n: voter.ballotCount })} source={source} data-testid="voting-record">
      {voter.ballots.length === 0 ? (
        <Empty title={t("delegates.noBallots")} reason={t("delegates.noBallotsReason")} />
      ) : (
        <DataTable
          caption={t("delegates.recordOf")}
          rows={voter.ballots}
          rowKey={({ proposalId, isOverride }) => `${proposalId}-${isOverride}`}
          columns={[
            {
              key: "proposal",
              title: t("proposal.one"),
              cell: ({ proposalId, proposal }) => (
                <Link
                  to="/governance/$id"
                  params={{ id: proposalId }}
                  className="link inline-flex min-h-6 items-center"
                >
                  {proposal.title || shortId(proposalId)}
                </Link>
              ),
            },
            {
              key: "support",
              title: t("ballots.choice"),
              cell: ({ support, isOverride }) =>
                `${t(`ballots.${support}`)}${isOverride ? ` · ${t("ballots.override")}` : ""}`,
            },
            {
              key: "weight",
              title: t("ballots.weight"),
              isNumber: true,
              cell: ({ weight, reduced }) => (
                <Amount value={BigInt(weight) - BigInt(reduced)} source={source} digits={0} unit="" />
              ),
            },
            { key: "reason", title: t("ballots.reason"), cell: ({ reason }) => reason || "–" },
            { key: "at", title: t("ui.time"), isMinor: true, cell: ({ castAt }) => formatTime(castAt, locale) },
          ]}
        />
      )}
    </Panel>
  );
}

/** How the votes that speak through it changed. */
export function PowerHistory({ voter, source }: { voter: Voter; source: string }) {
  const t = useT();
  const locale = useLocale();
  const points = [...voter.history].reverse();
  if (points.length < 2) return null;
  return (
    <Chart
      title={t("delegates.history")}
      summary={t("delegates.historySummary", {
        n: points.length,
        from: formatAmount(BigInt(points[0]?.votes ?? 0), 0),
        to: formatAmount(BigInt(points.at(-1)?.votes ?? 0), 0),
      })}
      series={[t("delegates.votes")]}
      points={points.map(({ at, votes }) => ({ label: formatTime(at, locale), values: [drawable(votes)] }))}
      kind="line"
      unit={t("delegates.unit")}
      source={source}
    />
  );
}
