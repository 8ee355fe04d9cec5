import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useGraphqlPages } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { ExportButton } from "./ExportButton.tsx";
import { PaymentTable } from "./PaymentTable.tsx";
import { type Payment, REWARDS } from "./queries.ts";
import { RewardsChart } from "./RewardsChart.tsx";
import { Unclaimed } from "./Unclaimed.tsx";

const yearOf = ({ at }: Payment) => new Date(at * 1000).getUTCFullYear();

function Paid({ memberNo }: { memberNo: bigint }) {
  const t = useT();
  const source = useSources();
  const [year, setYear] = useState("all");
  const list = useGraphqlPages<Payment>(
    "rewards",
    REWARDS,
    { memberNo: Number(memberNo) },
    { enabled: memberNo !== 0n },
  );
  const years = [...new Set(list.nodes?.map(yearOf))];
  const shown = list.nodes?.filter((payment) => year === "all" || String(yearOf(payment)) === year);
  return (
    <Answer query={{ ...list, data: shown }} lines={8}>
      {(payments) =>
        payments.length === 0 ? (
          <Empty title={t("rewards.none")} reason={t("rewards.noneReason")}>
            <Link to="/stake" className={buttonLook("primary")}>
              {t("stake.title")}
            </Link>
          </Empty>
        ) : (
          <>
            <RewardsChart payments={payments} source={source.indexed} />
            <Panel
              title={t("rewards.payments")}
              source={source.indexed}
              actions={<ExportButton payments={payments} isComplete={!list.hasNextPage} />}
            >
              <div className="max-w-48">
                <Field label={t("rewards.year")}>
                  {(ids) => (
                    <select
                      {...ids}
                      className={inputLook}
                      value={year}
                      onChange={(event) => setYear(event.target.value)}
                    >
                      <option value="all">{t("rewards.allYears")}</option>
                      {years.map((one) => (
                        <option key={one}>{one}</option>
                      ))}
                    </select>
                  )}
                </Field>
              </div>
              <PaymentTable payments={payments} source={source.indexed} />
              {list.hasNextPage && (
                <Button wide className="mt-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  {t("ui.more")}
                </Button>
              )}
            </Panel>
            <Notice>{t("rewards.noPrice")}</Notice>
          </>
        )
      }
    </Answer>
  );
}

/** What was earned: not yet claimed from the chain, paid from the indexer, by month and by year. */
export function RewardsPage() {
  const t = useT();
  const { data: standing } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  return (
    <>
      <PageHeader title={t("rewards.title")} lead={t("rewards.lead")} />
      <Gated needs={{ member: true }} canLook>
        <div className="grid gap-5">
          <Unclaimed memberNo={memberNo} />
          <Paid memberNo={memberNo} />
        </div>
      </Gated>
    </>
  );
}
