import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { type ApiKey, useEndKey, useKeys } from "./queries.ts";

function useColumns(end: ReturnType<typeof useEndKey>): Column<ApiKey>[] {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const count = (text: string) => BigInt(text).toLocaleString(locale);
  return [
    {
      key: "name",
      title: t("apiKeys.name"),
      cell: ({ name, state }) => (
        <>
          {name} {state !== "good" && <Badge tone="warning">{t(`apiKeys.state.${state}`)}</Badge>}
        </>
      ),
    },
    {
      key: "scopes",
      title: t("apiKeys.scopes"),
      cell: (key) => key.scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(", "),
    },
    { key: "until", title: t("apiKeys.until"), cell: ({ expiresAt }) => at(expiresAt) },
    {
      key: "used",
      title: t("apiKeys.used"),
      cell: ({ lastUsedAt }) => (lastUsedAt ? at(lastUsedAt) : t("apiKeys.never")),
    },
    {
      key: "requests",
      title: t("apiKeys.requests"),
      cell: ({ requests, requestsToday }) => `${count(requestsToday)} / ${count(requests)}`,
    },
    {
      key: "from",
      title: t("apiKeys.from"),
      cell: ({ networks }) => networks.join(", ") || t("apiKeys.everywhere"),
      isMinor: true,
    },
    {
      key: "end",
      title: t("apiKeys.end"),
      cell: ({ id, name }) => (
        <Button kind="danger" busy={end.isPending && end.variables === id} onClick={() => end.mutate(id)}>
          {t("apiKeys.end")}
          <span className="sr-only"> {name}</span>
        </Button>
      ),
    },
  ];
}

/** The member's keys: what each may do, until when, and how it was used. */
export function KeyList({ memberId }: { memberId: string }) {
  const t = useT();
  const keys = useKeys(memberId);
  const end = useEndKey(memberId);
  const columns = useColumns(end);
  return (
    <Panel title={t("apiKeys.list")} data-testid="api-keys">
      <Answer query={keys} lines={3}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("apiKeys.none")} reason={t("apiKeys.noneReason")} />
          ) : (
            <DataTable
              caption={t("apiKeys.list")}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              rowTestId="api-key"
            />
          )
        }
      </Answer>
      <Hurdle of={end} />
    </Panel>
  );
}
