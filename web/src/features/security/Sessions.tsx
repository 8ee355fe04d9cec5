import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { formatTime, shortHex } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { authorised, type Session } from "../../shared/session/session.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";

interface Row {
  id: string;
  address: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  isCurrent: boolean;
}

/** The member's sessions everywhere, the last used first; each can be ended, and all others at once. */
export function Sessions({ session }: { session: Session }) {
  const t = useT();
  const locale = useLocale();
  const queries = useQueryClient();
  const path = `/api/v1/members/${session.memberId}/sessions`;
  const key = ["sessions", session.memberId];
  const list = useQuery({
    queryKey: key,
    queryFn: async () => (await authorised<{ sessions: Row[] }>("GET", path)).sessions,
  });
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const end = useMutation({ mutationFn: (id: string) => authorised("DELETE", `${path}/${id}`), onSettled: changed });
  const endOthers = useMutation({
    mutationFn: () => authorised<{ ended: number }>("DELETE", path),
    onSettled: changed,
  });
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const columns: Column<Row>[] = [
    { key: "wallet", title: t("security.wallet"), cell: (row) => <code>{shortHex(row.address)}</code> },
    { key: "since", title: t("security.since"), cell: (row) => at(row.createdAt) },
    { key: "used", title: t("security.lastUsed"), cell: (row) => at(row.lastUsedAt) },
    { key: "until", title: t("security.until"), cell: (row) => at(row.expiresAt), isMinor: true },
    {
      key: "end",
      title: t("security.end"),
      cell: (row) =>
        row.isCurrent ? (
          <Badge tone="success">{t("security.thisOne")}</Badge>
        ) : (
          <Button busy={end.isPending && end.variables === row.id} onClick={() => end.mutate(row.id)}>
            {t("security.end")}
          </Button>
        ),
    },
  ];
  const others = (list.data?.length ?? 0) > 1;
  return (
    <Panel
      title={t("security.sessions")}
      data-testid="sessions"
      actions={
        others && (
          <Button kind="danger" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t("security.endOthers")}
          </Button>
        )
      }
    >
      <p className="mb-3 text-muted">{t("security.sessionsLead")}</p>
      {endOthers.data && <Notice tone="info">{t("security.endedOthers", { count: endOthers.data.ended })}</Notice>}
      <Answer query={list} lines={3}>
        {(rows) => (
          <DataTable
            caption={t("security.sessions")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            rowTestId="session"
          />
        )}
      </Answer>
    </Panel>
  );
}
