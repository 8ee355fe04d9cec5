import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useChainNow } from "../../shared/chain/head.ts";
import { formatBps, formatCount, formatDay } from "../../shared/format/number.ts";
import { drawable, everyDay } from "../../shared/graphql/days.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Chart } from "../../shared/ui/chart/Chart.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";
import { BlockRate } from "./BlockRate.tsx";
import { NETWORK, type NetworkAnswer, type NetworkDay } from "./queries.ts";

const DAY = 86_400;
const quiet = (before: NetworkDay, day: number): NetworkDay => ({ ...before, day, rewards: "0", burned: "0" });

/** How much is staked, what it earns, who validates, how fast blocks come, what was burned. */
export function NetworkPage() {
  const t = useT();
  const locale = useLocale();
  const source = useSources();
  const navigate = useNavigate();
  const { range = "30" } = useSearch({ from: "/network" });
  const today = Math.floor(useChainNow() / DAY);
  const stats = useGraphql<NetworkAnswer>("network", NETWORK, { days: Number(range) });
  return (
    <>
      <PageHeader
        title={t("network.title")}
        lead={t("network.lead")}
        actions={
          <Link to="/validators" className={buttonLook("primary")}>
            {t("network.open")}
          </Link>
        }
      />
      <Answer query={stats} lines={10}>
        {({ networkStats: n }) => {
          const days = everyDay(n.daily, today, quiet).slice(-Number(range));
          const label = (day: NetworkDay) => formatDay(day.day, locale);
          const burned = days.reduce((sum, day) => sum + drawable(day.burned), 0);
          const rewards = days.reduce((sum, day) => sum + drawable(day.rewards), 0);
          const short = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 2 });
          return (
            <div className="grid gap-5">
              <Figures
                facts={[
                  { name: t("network.stake"), value: <Amount value={n.totalStake} source={source.indexed} compact /> },
                  { name: t("network.apr"), value: <span title={source.indexed}>{formatBps(n.aprBps)}</span> },
                  {
                    name: t("network.activeSet"),
                    value: (
                      <span
                        title={source.indexed}
                      >{`${formatCount(n.activeValidatorCount)} / ${formatCount(n.validatorCount)}`}</span>
                    ),
                  },
                  { name: t("network.blockRate"), value: <BlockRate /> },
                  {
                    name: t("network.members"),
                    value: <span title={source.indexed}>{formatCount(n.memberCount)}</span>,
                  },
                  {
                    name: t("network.positions"),
                    value: <span title={source.indexed}>{formatCount(n.openPositionCount)}</span>,
                  },
                  { name: t("network.supply"), value: <Amount value={n.supply} source={source.indexed} compact /> },
                  { name: t("network.burned"), value: <Amount value={n.burned} source={source.indexed} compact /> },
                ]}
              />
              <Choice
                label={t("network.range")}
                value={range}
                options={(["7", "30", "90"] as const).map((value) => ({
                  value,
                  label: t("network.days", { days: value }),
                }))}
                onChange={(next) => void navigate({ to: "/network", search: { range: next }, replace: true })}
              />
              <Chart
                title={t("network.stakeChart")}
                summary={t("network.stakeSummary", {
                  days: days.length,
                  from: short(drawable(days[0]?.delegated ?? "0") + drawable(days[0]?.selfStake ?? "0")),
                  to: short(drawable(n.totalStake)),
                })}
                kind="bars"
                unit="TBURN"
                series={[t("validator.delegated"), t("validator.self")]}
                points={days.map((day) => ({
                  label: label(day),
                  values: [drawable(day.delegated), drawable(day.selfStake)],
                }))}
                source={source.indexed}
              />
              <Chart
                title={t("network.rewardsChart")}
                summary={t("network.rewardsSummary", { days: days.length, total: short(rewards) })}
                kind="line"
                unit="TBURN"
                series={[t("network.rewards")]}
                points={days.map((day) => ({ label: label(day), values: [drawable(day.rewards)] }))}
                source={source.indexed}
              />
              <Chart
                title={t("network.burnChart")}
                summary={t("network.burnSummary", { days: days.length, total: short(burned) })}
                kind="bars"
                unit="TBURN"
                series={[t("network.burned")]}
                points={days.map((day) => ({ label: label(day), values: [drawable(day.burned)] }))}
                source={source.indexed}
              />
            </div>
          );
        }}
      </Answer>
    </>
  );
}
