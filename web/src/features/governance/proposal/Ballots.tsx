import { Link } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { formatTime, shortHex } from "../../../shared/format/number.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { BALLOTS, type Ballot } from "../queries.ts";

interface Listed {
  proposal: { ballots: { nodes: Ballot[] } } | null;
}

const LISTED = 100;

/** Weight that still stands: what delegators took back is another ballot's. */
const standing = ({ weight, reduced }: Ballot) => BigInt(weight) - BigInt(reduced);

/** Who voted how, the reader first, then the heaviest. */
export function Ballots({ id, source }: { id: string; source: string }) {
  const t = useT();
  const locale = useLocale();
  const { address } = useConnection();
  const list = useGraphql<Listed>("ballots", BALLOTS, { id, first: LISTED });
  const isMine = ({ voter }: Ballot) => voter === address?.toLowerCase();
  return (
    <Panel title={t("ballots.title")} source={source} data-testid="ballots">
      <Answer query={list} lines={4}>
        {({ proposal }) => {
          const nodes = proposal?.ballots.nodes ?? [];
          if (nodes.length === 0) return <Empty title={t("ballots.none")} reason={t("ballots.noneReason")} />;
          const rows = [...nodes.filter(isMine), ...nodes.filter((one) => !isMine(one))];
          return (
            <>
              <DataTable
                caption={t("ballots.title")}
                rows={rows}
                rowKey={({ voter, isOverride }) => `${voter}-${isOverride}`}
                rowTestId="ballot"
                columns={[
                  {
                    key: "voter",
                    title: t("ballots.voter"),
                    cell: (one) => (
                      <>
                        <Link
                          to="/governance/delegates/$address"
                          params={{ address: one.voter }}
                          className="link inline-flex min-h-6 items-center font-mono text-sm"
                        >
                          {shortHex(one.voter)}
                        </Link>{" "}
                        {isMine(one) && <strong>{t("ballots.mine")} </strong>}
                        {one.isOverride && <span className="text-sm text-muted">{t("ballots.override")}</span>}
                      </>
                    ),
                  },
                  {
                    key: "support",
                    title: t("ballots.choice"),
                    cell: ({ support }) => <span className="whitespace-nowrap">{t(`ballots.${support}`)}</span>,
                  },
                  {
                    key: "weight",
                    title: t("ballots.weight"),
                    isNumber: true,
                    cell: (one) => <Amount value={standing(one)} source={source} digits={2} unit="" />,
                  },
                  {
                    key: "reason",
                    title: t("ballots.reason"),
                    cell: ({ reason, castAt }) => (
                      <>
                        {reason || "–"}
                        <span className="block text-sm text-muted">{formatTime(castAt, locale)}</span>
                      </>
                    ),
                  },
                ]}
              />
              {nodes.length >= LISTED && <p className="mt-2 text-sm text-muted">{t("ballots.cut", { n: LISTED })}</p>}
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}
