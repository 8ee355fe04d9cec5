import { Link, useParams } from "@tanstack/react-router";
import { useChainRead } from "../../shared/chain/read.ts";
import { formatBps, formatCount, formatDay, formatTime } from "../../shared/format/number.ts";
import { drawable, everyDay } from "../../shared/graphql/days.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Chart } from "../../shared/ui/chart/Chart.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";
import { About } from "./About.tsx";
import { CommissionHistory, Delegators, Slashes } from "./Histories.tsx";
import { readValidator, VALIDATOR, type ValidatorDetail } from "./queries.ts";
import { CaseHistory } from "./records/CaseHistory.tsx";
import { KeyHistory } from "./records/KeyHistory.tsx";
import { TierHistory } from "./records/TierHistory.tsx";
import { UptimePanel } from "./records/UptimePanel.tsx";

function Detail({ validator: v }: { validator: ValidatorDetail }) {
  const t = useT();
  const locale = useLocale();
  const source = useSources();
  const { data: known, block } = useChainRead(["validator", v.validatorId], (reader) =>
    readValidator(reader, v.validatorId),
  );
  const chain = source.chain(block);
  const days = everyDay(v.daily, v.daily.at(-1)?.day ?? 0, (before, day) => ({ ...before, day, rewards: "0" }));
  return (
    <div className="grid gap-5">
      {v.pendingCommission && (
        <Notice
          tone="warning"
          title={t("warn.pending", {
            to: formatBps(v.pendingCommission.bps),
            time: formatTime(v.pendingCommission.executableAt, locale),
          })}
        />
      )}
      {v.jailedUntil !== null && (
        <Notice tone="danger" title={t("validator.jailedUntil", { time: formatTime(v.jailedUntil, locale) })} />
      )}
      <Figures
        facts={[
          {
            name: t("validator.total"),
            value: (
              <Amount
                value={known ? known.self + known.delegated : v.totalStake}
                source={known ? chain : source.indexed}
                digits={0}
              />
            ),
          },
          { name: t("validator.commission"), value: <span title={source.indexed}>{formatBps(v.commissionBps)}</span> },
          { name: t("validator.apr"), value: <span title={source.indexed}>{formatBps(v.netAprBps)}</span> },
          { name: t("validator.rank"), value: <span title={source.indexed}>{formatCount(v.rank)}</span> },
        ]}
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <About validator={v} known={known ?? undefined} chain={chain} indexed={source.indexed} />
        <div className="grid gap-5">
          <CommissionHistory changes={v.commissionHistory} source={source.indexed} />
          <Slashes slashes={v.slashes} source={source.indexed} />
          <CaseHistory cases={v.cases} source={source.indexed} />
        </div>
      </div>
      <UptimePanel newestFirst={v.epochs} source={source.indexed} />
      <Chart
        title={t("validator.stakeChart")}
        summary={t("validator.stakeSummary", { days: days.length })}
        kind="line"
        unit="TBURN"
        series={[t("validator.total")]}
        points={days.map((day) => ({ label: formatDay(day.day, locale), values: [drawable(day.totalStake)] }))}
        source={source.indexed}
      />
      <Chart
        title={t("validator.rewardsChart")}
        summary={t("validator.rewardsSummary", { days: days.length })}
        kind="bars"
        unit="TBURN"
        series={[t("network.rewards")]}
        points={days.map((day) => ({ label: formatDay(day.day, locale), values: [drawable(day.rewards)] }))}
        source={source.indexed}
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <TierHistory changes={v.member.tierHistory} source={source.indexed} />
        <KeyHistory keys={v.consensusKeys} source={source.indexed} />
      </div>
      <Delegators delegators={v.delegators} source={source.indexed} />
    </div>
  );
}

/** One validator: stake, rate with its history and what is pending, slashes, delegators. */
export function ValidatorPage() {
  const t = useT();
  const { id } = useParams({ from: "/validators/$id" });
  const isNumber = /^[1-9]\d{0,8}$/.test(id);
  const answer = useGraphql<{ validator: ValidatorDetail | null }>(
    "validator",
    VALIDATOR,
    { id: Number(id) },
    { enabled: isNumber },
  );
  const known = answer.data?.validator;
  const action = known && (
    <Link to="/stake/delegate/$id" params={{ id }} className={buttonLook("primary")} data-testid="primary-action">
      {t("delegate.verb")}
    </Link>
  );
  return (
    <>
      <PageHeader title={known?.name ?? t("validator.title", { id })} actions={action} />
      {!isNumber || known === null ? (
        <Empty title={t("closed.missing")}>
          <Link to="/validators" className={buttonLook("primary")}>
            {t("validators.title")}
          </Link>
        </Empty>
      ) : (
        <Answer query={answer} lines={10}>
          {({ validator }) => validator && <Detail validator={validator} />}
        </Answer>
      )}
    </>
  );
}
