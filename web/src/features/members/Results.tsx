import { Link } from "@tanstack/react-router";
import { formatTime, shortHex } from "../../shared/format/number.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { Refused } from "../../shared/session/session.ts";
import { Badge, type Tone } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { type Found, useMembers } from "./queries.ts";
import { kycLevels, type MemberStatus, type Wanted } from "./search.ts";

export const statusTones: Record<MemberStatus, Tone> = {
  PENDING: "neutral",
  ACTIVE: "success",
  INACTIVE: "neutral",
  SUSPENDED: "danger",
  TERMINATED: "danger",
  BLACKLISTED: "danger",
};

function useColumns(): Column<Found>[] {
  const t = useT();
  const locale = useLocale();
  return [
    {
      key: "wallet",
      title: t("member.wallet"),
      cell: ({ accountId, memberId, accountAddress }) => (
        <Link to="/admin/members/$id" params={{ id: accountId ?? memberId ?? "" }}>
          <code title={accountAddress}>{shortHex(accountAddress)}</code>
        </Link>
      ),
    },
    { key: "name", title: t("members.name"), cell: ({ metadata }) => metadata?.displayName || t("members.unnamed") },
    { key: "tier", title: t("members.tier"), cell: ({ shownTier }) => t(`shownTier.${shownTier}`) },
    {
      key: "status",
      title: t("members.status"),
      cell: ({ status }) => <Badge tone={statusTones[status]}>{t(`memberStatus.${status}`)}</Badge>,
    },
    {
      key: "kyc",
      title: t("members.kycLevel"),
      cell: ({ kycLevel }) => t(`kyc.${kycLevels.indexOf(kycLevel) as 0 | 1 | 2 | 3}`),
    },
    {
      key: "stake",
      title: t("members.stake"),
      cell: ({ totalStake }) => <Amount value={totalStake} compact />,
      ...{ isNumber: true, isMinor: true },
    },
    {
      key: "acted",
      title: t("members.acted"),
      cell: ({ lastActivityAt }) => formatTime(lastActivityAt, locale),
      isMinor: true,
    },
  ];
}

/** Members that fit a search. */
export function Results({ wanted, attempt }: { wanted: Wanted; attempt: number }) {
  const t = useT();
  const columns = useColumns();
  const source = useSources();
  const members = useMembers(wanted, attempt);
  const rows = members.data?.pages.flatMap(({ items }) => items);
  const isRefused = members.error instanceof Refused && members.error.code !== "OFFLINE";
  return (
    <Panel title={t("members.results")} source={source.indexed} data-testid="members-results">
      {isRefused && members.error ? (
        <Notice tone="danger">{wordsOfRefusal(members.error, t)}</Notice>
      ) : (
        <Answer query={{ ...members, data: rows }} lines={6}>
          {(found) =>
            found.length === 0 ? (
              <Empty title={t("members.none")} reason={t("members.noneReason")} />
            ) : (
              <DataTable
                caption={t("members.results")}
                columns={columns}
                rows={found}
                rowKey={({ accountAddress }) => accountAddress}
                rowTestId="member-row"
              />
            )
          }
        </Answer>
      )}
      {members.hasNextPage && (
        <Button className="mt-3" busy={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
          {t("members.more")}
        </Button>
      )}
    </Panel>
  );
}
