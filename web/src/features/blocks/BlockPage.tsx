import { Link, useParams } from "@tanstack/react-router";
import { useChainRead } from "../../shared/chain/read.ts";
import { formatCount, formatTime } from "../../shared/format/number.ts";
import { type ChainEvent, EVENT_FIELDS } from "../../shared/graphql/events.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { EventTable } from "../../shared/ui/EventTable.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { BlockFacts, type IndexedBlock } from "./BlockFacts.tsx";
import { Orphans } from "./Orphans.tsx";

const BLOCK = `query Block($number: Int!) { block(number: $number) {
  number hash parentHash timestamp final orphans { hash timestamp } events { ${EVENT_FIELDS} } } }`;

/** One height: the block that stands, its events, and blocks that the chain has abandoned there. */
export function BlockPage() {
  const t = useT();
  const locale = useLocale();
  const source = useSources();
  const { number: text } = useParams({ from: "/blocks/$number" });
  const number = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  const chain = useChainRead(
    ["block", text],
    ({ client }) => client.getBlock({ blockNumber: BigInt(number ?? 0) }).catch(() => null),
    { enabled: number !== undefined },
  );
  const indexed = useGraphql<{ block: (IndexedBlock & { events: ChainEvent[] }) | null }>(
    "block",
    BLOCK,
    { number },
    { enabled: number !== undefined },
  );
  const block = indexed.data?.block;
  const step = (to: number, label: string) => (
    <Link to="/blocks/$number" params={{ number: String(to) }} className={buttonLook("secondary")}>
      {label}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={t("block.title", { number: number === undefined ? text : formatCount(number) })}
        lead={chain.data ? formatTime(Number(chain.data.timestamp), locale) : undefined}
        actions={
          number !== undefined && (
            <>
              {number > 0 && step(number - 1, t("block.previous"))}
              {step(number + 1, t("block.next"))}
            </>
          )
        }
      />
      {number === undefined || chain.data === null ? (
        <Empty title={t("block.missing")} reason={t("block.missingReason")}>
          <Link to="/status" className={buttonLook("primary")}>
            {t("nav.status")}
          </Link>
        </Empty>
      ) : (
        <div className="grid gap-5">
          <Answer query={chain} lines={4}>
            {(live) =>
              live && <BlockFacts live={live} indexed={block ?? undefined} source={source.chain(chain.block)} />
            }
          </Answer>
          <Answer query={indexed} lines={4}>
            {({ block: known }) => (
              <>
                {known && known.orphans.length > 0 && <Orphans orphans={known.orphans} />}
                <Panel title={t("block.events")} source={source.indexed}>
                  {!known ? (
                    <Empty title={t("block.notIndexed")} reason={t("block.notIndexedReason")} />
                  ) : known.events.length === 0 ? (
                    <Empty title={t("block.noEvents")} />
                  ) : (
                    <EventTable events={known.events} caption={t("block.events")} withBlock={false} />
                  )}
                </Panel>
              </>
            )}
          </Answer>
        </div>
      )}
    </>
  );
}
