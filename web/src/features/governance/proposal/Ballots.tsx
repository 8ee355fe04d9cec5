import { Link } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { formatTime, shortHex } from "../../../shared/format/number.ts";
import { type Page, useGraphqlPages } from "../../../shared/graphql/query.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { BALLOTS, type Ballot, useOwnBallots } from "../queries.ts";

interface Listed {
  proposal: { ballots: Page<Ballot> } | null;
}

const nothing: Page<Ballot> = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } };
const pageOf = ({ proposal }: Listed) => proposal?.ballots ?? nothing;

/** Weight that still stands: what delegators took back is another ballot's. */
const standing = ({ weight, reduced }: Ballot) => BigInt(weight) - BigInt(reduced);

function useColumns(isMine: (one: Ballot) => boolean, source: string): Column<Ballot>[] {
  const t = useT();
  const locale = useLocale();
  return [
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
  ];
}

/** Who voted how, the reader first, then the heaviest, page after page. */
export function Ballots({ id, source }: { id: string; source: string }) {
  const t = useT();
  const { address } = useConnection();
  const own = useOwnBallots(id);
  const list = useGraphqlPages<Ballot, Listed>("ballots", BALLOTS, { id }, { pageOf });
  const isMine = ({ voter }: Ballot) => voter === address?.toLowerCase();
  const columns = useColumns(isMine, source);
  return (
    <Panel title={t("ballots.title")} source={source} data-testid="ballots">
      <Answer query={{ ...list, data: list.nodes }} lines={4}>
        {(nodes) =>
          nodes.length === 0 ? (
            <Empty title={t("ballots.none")} reason={t("ballots.noneReason")} />
          ) : (
            <DataTable
              caption={t("ballots.title")}
              rows={[...own, ...nodes.filter((one) => !isMine(one))]}
              rowKey={({ voter, isOverride }) => `${voter}-${isOverride}`}
              rowTestId="ballot"
              columns={columns}
            />
          )
        }
      </Answer>
      {list.hasNextPage && (
        <Button
          wide
          className="mt-4"
          data-testid="more-ballots"
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("ui.more")}
        </Button>
      )}
    </Panel>
  );
}
