import { useSearch } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { useBook, useEntries } from "../../shared/action/store.ts";
import { EntryCard } from "../../shared/action/tray/EntryCard.tsx";
import { shortHex } from "../../shared/format/number.ts";
import { type ChainEvent, EVENT_FIELDS } from "../../shared/graphql/events.ts";
import { useGraphqlPages } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { EventTable } from "../../shared/ui/EventTable.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";

const ACTIVITY = `query Activity($address: String!, $after: String) {
  activity(address: $address, first: 30, after: $after) {
    pageInfo { endCursor hasNextPage } nodes { ${EVENT_FIELDS} } } }`;

/** What this browser has sent, with the path of each, and what the chain has recorded. */
export function ActivityPage() {
  const t = useT();
  const source = useSources();
  const { of } = useSearch({ from: "/activity" });
  const { address } = useConnection();
  const whose = of ?? address;
  const isOwn = !of || of.toLowerCase() === address?.toLowerCase();
  const entries = useEntries(useBook());
  const list = useGraphqlPages<ChainEvent>("activity", ACTIVITY, { address: whose }, { enabled: whose !== undefined });
  const recorded = (
    <Panel title={t("activity.recorded")} source={source.indexed}>
      <Answer query={{ ...list, data: list.nodes }} lines={6}>
        {(events) =>
          events.length === 0 ? (
            <Empty title={t("activity.none")} reason={t("activity.noneReason")} />
          ) : (
            <EventTable events={events} caption={t("activity.recorded")} />
          )
        }
      </Answer>
      {list.hasNextPage && (
        <Button wide className="mt-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("ui.more")}
        </Button>
      )}
    </Panel>
  );
  return (
    <>
      <PageHeader
        title={t("activity.title")}
        lead={of ? t("activity.of", { address: shortHex(of) }) : t("activity.lead")}
      />
      {of && !isOwn ? (
        recorded
      ) : (
        <Gated needs={{}}>
          <div className="grid gap-5">
            <Panel title={t("activity.sent")}>
              {entries.length === 0 && <Empty title={t("tray.empty")} reason={t("tray.emptyReason")} />}
              <ul className="grid gap-3">
                {entries.map((entry) => (
                  <EntryCard key={entry.id} entry={entry} />
                ))}
              </ul>
            </Panel>
            {recorded}
          </div>
        </Gated>
      )}
    </>
  );
}
