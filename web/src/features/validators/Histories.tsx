import { formatBps, formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { BlockLink } from "../../shared/ui/values/BlockLink.tsx";
import type { ValidatorDetail } from "./queries.ts";

export function CommissionHistory({
  changes,
  source,
}: {
  changes: ValidatorDetail["commissionHistory"];
  source: string;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("validator.commissionHistory")} source={source}>
      {changes.length === 0 ? (
        <Empty title={t("validator.noChanges")} />
      ) : (
        <DataTable
          caption={t("validator.commissionHistory")}
          rows={changes}
          rowKey={({ at, toBps }) => `${at}-${toBps}`}
          columns={[
            { key: "at", title: t("ui.time"), cell: ({ at }) => formatTime(at, locale) },
            {
              key: "change",
              title: t("ui.change"),
              cell: ({ fromBps, toBps }) => `${formatBps(fromBps)} → ${formatBps(toBps)}`,
            },
            { key: "block", title: t("block.one"), cell: ({ blockNumber }) => <BlockLink number={blockNumber} /> },
          ]}
        />
      )}
    </Panel>
  );
}

export function Slashes({ slashes, source }: { slashes: ValidatorDetail["slashes"]; source: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("validator.slashes")} source={source}>
      {slashes.length === 0 ? (
        <Empty title={t("validator.noSlashes")} />
      ) : (
        <DataTable
          caption={t("validator.slashes")}
          rows={slashes}
          rowKey={({ at, blockNumber }) => `${at}-${blockNumber}`}
          columns={[
            { key: "at", title: t("ui.time"), cell: ({ at }) => formatTime(at, locale) },
            {
              key: "delegated",
              title: t("validator.delegated"),
              isNumber: true,
              cell: ({ delegated }) => <Amount value={delegated} source={source} />,
            },
            {
              key: "self",
              title: t("validator.self"),
              isNumber: true,
              cell: ({ self }) => <Amount value={self} source={source} />,
            },
            { key: "block", title: t("block.one"), cell: ({ blockNumber }) => <BlockLink number={blockNumber} /> },
          ]}
        />
      )}
    </Panel>
  );
}

export function Delegators({ delegators, source }: { delegators: ValidatorDetail["delegators"]; source: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("validator.delegators")} source={source}>
      {delegators.length === 0 ? (
        <Empty title={t("validator.noDelegators")} />
      ) : (
        <DataTable
          caption={t("validator.delegators")}
          rows={delegators}
          rowKey={({ positionId }) => positionId}
          columns={[
            { key: "member", title: t("member.number"), cell: ({ memberNo }) => `#${memberNo}` },
            {
              key: "value",
              title: t("stake.value"),
              isNumber: true,
              cell: ({ value }) => <Amount value={value} source={source} />,
            },
            { key: "since", title: t("position.since"), isMinor: true, cell: ({ since }) => formatTime(since, locale) },
          ]}
        />
      )}
    </Panel>
  );
}
