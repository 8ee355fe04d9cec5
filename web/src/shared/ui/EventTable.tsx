import { formatTime } from "../format/number.ts";
import { type ChainEvent, wordArgument } from "../graphql/events.ts";
import { useLocale, useT } from "../i18n/i18n.ts";
import type { Key } from "../i18n/ko.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { BlockLink } from "./values/BlockLink.tsx";
import { HexText } from "./values/HexText.tsx";

function Arguments({ event }: { event: ChainEvent }) {
  const t = useT();
  const locale = useLocale();
  return (
    <details className="text-left">
      <summary className="min-h-6 cursor-pointer">{t("event.details")}</summary>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm">
        {Object.entries(event.args).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-muted">{name}</dt>
            <dd className="font-mono break-all">{wordArgument(name, value, locale)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Decoded events, newest first. */
export function EventTable({
  events,
  caption,
  withBlock = true,
}: {
  events: ChainEvent[];
  caption: string;
  withBlock?: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  const named = (name: string) => {
    const key = `event.${name}` as Key;
    const text = t(key);
    return text === key ? name : text;
  };
  const columns: Column<ChainEvent>[] = [
    { key: "name", title: t("event.one"), cell: ({ name }) => <span title={name}>{named(name)}</span> },
    { key: "details", title: t("event.content"), cell: (event) => <Arguments event={event} /> },
    ...(withBlock
      ? [
          { key: "at", title: t("ui.time"), cell: ({ at }: ChainEvent) => formatTime(at, locale) },
          {
            key: "block",
            title: t("block.one"),
            cell: ({ blockNumber }: ChainEvent) => <BlockLink number={blockNumber} />,
          },
        ]
      : []),
    {
      key: "tx",
      title: t("ui.transaction"),
      isMinor: true,
      cell: ({ transactionHash }) => <HexText value={transactionHash} />,
    },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={events}
      rowKey={({ blockNumber, logIndex }) => `${blockNumber}-${logIndex}`}
    />
  );
}
