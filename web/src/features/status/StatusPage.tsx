import { useChain } from "../../shared/chain/context.ts";
import { useHead } from "../../shared/chain/head.ts";
import { formatCount, formatTime } from "../../shared/format/number.ts";
import { useIndexer } from "../../shared/graphql/indexer.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Chart } from "../../shared/ui/chart/Chart.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Facts, Figures } from "../../shared/ui/values/Facts.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { Endpoints } from "./Endpoints.tsx";
import { ReorgLog } from "./ReorgLog.tsx";
import { useLagSamples } from "./samples.ts";

/** How the chain, the indexer and their connections are doing. */
export function StatusPage() {
  const t = useT();
  const locale = useLocale();
  const { config, deployment } = useChain();
  const { head, isSilent } = useHead();
  const indexer = useIndexer();
  const { status } = indexer;
  const samples = useLagSamples(head, status?.indexed?.number);
  const number = (value: number | bigint | undefined) => (value === undefined ? "…" : formatCount(value));
  const worst = Math.max(0, ...samples.map(({ behind }) => behind));
  return (
    <>
      <PageHeader title={t("statusPage.title")} lead={t("statusPage.lead")} />
      <div className="grid gap-5">
        <Figures
          facts={[
            { name: t("statusPage.head"), value: <span className="num">{number(head?.number)}</span> },
            { name: t("statusPage.indexed"), value: <span className="num">{number(status?.indexed?.number)}</span> },
            { name: t("statusPage.final"), value: <span className="num">{number(status?.finalBlock)}</span> },
            {
              name: t("statusPage.state"),
              value: isSilent ? (
                <Badge tone="danger">{t("statusPage.chainSilent")}</Badge>
              ) : indexer.isSilent ? (
                <Badge tone="warning">{t("statusPage.indexerSilent")}</Badge>
              ) : (
                <Badge tone="success">{t("statusPage.fine")}</Badge>
              ),
            },
          ]}
        />
        {status?.problem && (
          <Notice tone="danger" title={t("statusPage.problem")}>
            {status.problem}
          </Notice>
        )}
        <Chart
          title={t("statusPage.lag")}
          summary={t("statusPage.lagSummary", { samples: samples.length, worst })}
          kind="line"
          isWhole
          unit={t("statusPage.blocks")}
          series={[t("statusPage.behind")]}
          points={samples.map(({ at, behind }) => ({
            label: new Date(at).toLocaleTimeString(locale, { hourCycle: "h23" }),
            values: [behind],
          }))}
        />
        {indexer.reorgs ? <ReorgLog reorgs={indexer.reorgs} /> : indexer.isPending && <Loading />}
        {status && <Endpoints endpoints={status.endpoints} />}
        <Panel title={t("statusPage.deployment")}>
          <Facts
            facts={[
              { name: t("statusPage.chain"), value: `${config.chainName} (${config.chainId})` },
              { name: t("statusPage.headTime"), value: head ? formatTime(head.timestamp, locale) : "…" },
              { name: t("statusPage.depth"), value: number(status?.finalityDepth) },
              ...Object.entries(deployment.contracts).map(([name, { address }]) => ({
                name,
                value: <HexText value={address} />,
              })),
            ]}
          />
        </Panel>
      </div>
    </>
  );
}
