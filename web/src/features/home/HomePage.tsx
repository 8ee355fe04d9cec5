import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useConnection } from "wagmi";
import { formatBps, formatCount } from "../../shared/format/number.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { DataTable } from "../../shared/ui/DataTable.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";

const Personal = lazy(async () => ({ default: (await import("./Personal.tsx")).Personal }));

interface Overview {
  networkStats: { totalStake: string; aprBps: number; activeValidatorCount: number; memberCount: number };
  validatorLeaderboard: {
    validatorId: number;
    name: string;
    totalStake: string;
    commissionBps: number;
    netAprBps: number;
  }[];
}

const OVERVIEW = `query Overview { networkStats { totalStake aprBps activeValidatorCount memberCount }
  validatorLeaderboard(limit: 5) { validatorId name totalStake commissionBps netAprBps } }`;

/** The network for visitors; for members their own stake first. */
export function HomePage() {
  const t = useT();
  const source = useSources();
  const { isConnected } = useConnection();
  const overview = useGraphql<Overview>("overview", OVERVIEW);
  return (
    <>
      <PageHeader
        title={t("home.title")}
        lead={t("home.lead")}
        actions={
          <Link to="/validators" className={buttonLook("primary")} data-testid="primary-action">
            {t("stake.find")}
          </Link>
        }
      />
      <div className="grid gap-5">
        {isConnected && (
          <Suspense fallback={<Loading lines={4} />}>
            <Personal />
          </Suspense>
        )}
        <Answer query={overview} lines={8}>
          {({ networkStats: n, validatorLeaderboard: leaders }) => (
            <>
              <Figures
                facts={[
                  { name: t("network.stake"), value: <Amount value={n.totalStake} source={source.indexed} compact /> },
                  { name: t("network.apr"), value: <span title={source.indexed}>{formatBps(n.aprBps)}</span> },
                  {
                    name: t("network.activeSet"),
                    value: <span title={source.indexed}>{formatCount(n.activeValidatorCount)}</span>,
                  },
                  {
                    name: t("network.members"),
                    value: <span title={source.indexed}>{formatCount(n.memberCount)}</span>,
                  },
                ]}
              />
              <Panel
                title={t("home.leaders")}
                source={source.indexed}
                actions={
                  <Link to="/network" className="link inline-flex min-h-6 items-center">
                    {t("home.network")}
                  </Link>
                }
              >
                <DataTable
                  caption={t("home.leaders")}
                  rows={leaders}
                  rowKey={({ validatorId }) => String(validatorId)}
                  columns={[
                    {
                      key: "name",
                      title: t("validator.one"),
                      cell: ({ validatorId, name }) => (
                        <Link
                          className="link inline-flex min-h-6 items-center"
                          to="/validators/$id"
                          params={{ id: String(validatorId) }}
                        >
                          {name}
                        </Link>
                      ),
                    },
                    {
                      key: "stake",
                      title: t("validator.total"),
                      isNumber: true,
                      cell: ({ totalStake }) => <Amount value={totalStake} source={source.indexed} compact />,
                    },
                    {
                      key: "commission",
                      title: t("validator.commission"),
                      isNumber: true,
                      cell: ({ commissionBps }) => formatBps(commissionBps),
                    },
                    {
                      key: "apr",
                      title: t("validator.apr"),
                      isNumber: true,
                      cell: ({ netAprBps }) => formatBps(netAprBps),
                    },
                  ]}
                />
              </Panel>
            </>
          )}
        </Answer>
      </div>
    </>
  );
}
