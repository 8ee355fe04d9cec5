import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useConnection } from "wagmi";
import { shortHex } from "../../../shared/format/number.ts";
import { useGraphqlPages } from "../../../shared/graphql/query.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { useMyUnits } from "../voting/my-units.ts";
import { MyDelegation } from "./MyDelegation.tsx";
import { DELEGATES, type ListedDelegate, nameOf } from "./queries.ts";

const MyStatement = lazy(async () => ({ default: (await import("./MyStatement.tsx")).MyStatement }));

function useColumns(source: string): Column<ListedDelegate>[] {
  const t = useT();
  const { address } = useConnection();
  return [
    {
      key: "who",
      title: t("delegates.who"),
      cell: (one) => (
        <>
          <Link
            to="/governance/delegates/$address"
            params={{ address: one.address }}
            className="link inline-flex min-h-6 items-center"
          >
            {nameOf(one) ?? <span className="font-mono text-sm">{shortHex(one.address)}</span>}
          </Link>
          {one.address === address?.toLowerCase() && <strong> {t("ballots.mine")}</strong>}
          {one.statement && (
            <span className="block max-w-md text-sm text-muted" data-testid="said">
              <span className="font-semibold">{t("statements.says", { name: one.statement.name })}</span>{" "}
              <span className="line-clamp-2">{one.statement.text}</span>
            </span>
          )}
        </>
      ),
    },
    {
      key: "votes",
      title: t("delegates.votes"),
      isNumber: true,
      cell: ({ votes }) => <Amount value={votes} source={source} digits={0} unit="" />,
    },
    {
      key: "units",
      title: t("delegates.units"),
      isNumber: true,
      isMinor: true,
      cell: ({ units }) => <Amount value={units} source={source} digits={0} unit="" />,
    },
    { key: "from", title: t("delegates.from"), isNumber: true, cell: ({ delegatorCount }) => delegatorCount },
    { key: "ballots", title: t("delegates.ballots"), isNumber: true, cell: ({ ballotCount }) => ballotCount },
  ];
}

/** Who speaks with how many votes, and whom the reader lets speak. */
export function DelegatesPage() {
  const t = useT();
  const source = useSources();
  const list = useGraphqlPages<ListedDelegate>("delegates", DELEGATES, {});
  const columns = useColumns(source.indexed);
  const { address, data: mine } = useMyUnits();
  const hasVoice = mine !== undefined && mine.units + mine.votes > 0n;
  return (
    <>
      <PageHeader title={t("delegates.title")} lead={t("delegates.lead")} />
      <div className="grid gap-5">
        <MyDelegation />
        {address && hasVoice && (
          <Suspense fallback={<Loading lines={4} />}>
            <MyStatement address={address} />
          </Suspense>
        )}
        <Panel title={t("delegates.list")} source={source.indexed} data-testid="delegates">
          <Answer query={{ ...list, data: list.nodes }} lines={8}>
            {(rows) =>
              rows.length === 0 ? (
                <Empty title={t("delegates.none")} reason={t("delegates.noneReason")} />
              ) : (
                <DataTable
                  caption={t("delegates.list")}
                  rows={rows}
                  columns={columns}
                  rowKey={({ address }) => address}
                />
              )
            }
          </Answer>
          {list.hasNextPage && (
            <Button wide className="mt-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("ui.more")}
            </Button>
          )}
        </Panel>
      </div>
    </>
  );
}
