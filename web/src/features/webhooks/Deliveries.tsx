import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { type Delivery, useDeliveries, useSendAgain } from "./queries.ts";

const tones = { waiting: "info", delivered: "success", failed: "danger" } as const;

function useColumns(again: ReturnType<typeof useSendAgain>): Column<Delivery>[] {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  return [
    { key: "event", title: t("webhooks.event"), cell: ({ event }) => <code>{event}</code> },
    { key: "at", title: t("webhooks.at"), cell: ({ happenedAt }) => at(happenedAt) },
    {
      key: "state",
      title: t("webhooks.state"),
      cell: ({ state, nextAt }) => (
        <>
          <Badge tone={tones[state]}>{t(`webhooks.state.${state}`)}</Badge>
          {nextAt && <span className="block text-sm text-muted">{t("webhooks.next", { time: at(nextAt) })}</span>}
        </>
      ),
    },
    { key: "attempts", title: t("webhooks.attempts"), cell: ({ attempts }) => attempts, isNumber: true },
    { key: "answer", title: t("webhooks.answer"), cell: ({ status, problem }) => status ?? problem ?? "–" },
    {
      key: "took",
      title: t("webhooks.took"),
      cell: ({ durationMs }) => (durationMs === null ? "–" : `${durationMs.toLocaleString(locale)} ms`),
      isNumber: true,
      isMinor: true,
    },
    {
      key: "id",
      title: "webhook-id",
      cell: ({ messageId }) => <code className="text-xs">{messageId}</code>,
      isMinor: true,
    },
    {
      key: "again",
      title: t("webhooks.again"),
      cell: ({ id, state }) =>
        state === "waiting" ? (
          "–"
        ) : (
          <Button busy={again.isPending && again.variables === id} onClick={() => again.mutate(id)}>
            {t("webhooks.again")}
          </Button>
        ),
    },
  ];
}

/** What was sent to an endpoint, the newest first, and what came of it. */
export function Deliveries({ memberId, endpointId }: { memberId: string; endpointId: string }) {
  const t = useT();
  const sent = useDeliveries(memberId, endpointId);
  const again = useSendAgain(memberId, endpointId);
  const columns = useColumns(again);
  return (
    <section className="mt-4" data-testid="webhook-deliveries">
      <Answer query={sent} lines={3}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="text-muted">{t("webhooks.nothingSent")}</p>
          ) : (
            <DataTable
              caption={t("webhooks.sent")}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              rowTestId="webhook-delivery"
            />
          )
        }
      </Answer>
      <div role="alert">
        <Hurdle of={again} />
      </div>
    </section>
  );
}
