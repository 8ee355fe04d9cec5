import { useState } from "react";
import { download, toCsv } from "../../../shared/format/file.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { glyphOf, meanBps, type ReportedEpoch, toneOf } from "./uptime.ts";

const tones = {
  good: "border-success bg-[color-mix(in_srgb,var(--success)_22%,var(--bg))]",
  fair: "border-warning bg-[color-mix(in_srgb,var(--warning)_22%,var(--bg))]",
  poor: "border-danger bg-[color-mix(in_srgb,var(--danger)_22%,var(--bg))]",
};

function Calendar({ epochs, summary }: { epochs: ReportedEpoch[]; summary: string }) {
  const t = useT();
  return (
    <>
      <div
        role="img"
        aria-label={summary}
        data-testid="uptime-calendar"
        className="grid grid-cols-[repeat(auto-fill,minmax(1.5rem,1fr))] gap-1"
      >
        {epochs.map((one) => (
          <span
            key={one.epoch}
            title={t("uptime.cell", { epoch: one.epoch, uptime: formatBps(one.uptimeBps) })}
            className={`inline-flex h-6 items-center justify-center rounded border text-xs font-bold text-text ${tones[toneOf(one)]}`}
          >
            {glyphOf(one)}
          </span>
        ))}
      </div>
      <p className="mt-2 text-sm text-muted">{t("uptime.legend")}</p>
    </>
  );
}

function Table({ epochs }: { epochs: ReportedEpoch[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="max-h-96 overflow-auto" tabIndex={0} aria-label={`${t("uptime.title")}: ${t("chart.table")}`}>
      <DataTable
        caption={t("uptime.title")}
        rows={epochs.toReversed()}
        rowKey={({ epoch }) => String(epoch)}
        columns={[
          { key: "epoch", title: t("uptime.epoch"), isNumber: true, cell: ({ epoch }) => epoch },
          {
            key: "uptime",
            title: t("uptime.uptime"),
            isNumber: true,
            cell: (one) => `${glyphOf(one)} ${formatBps(one.uptimeBps)}`.trim(),
          },
          { key: "proposed", title: t("uptime.proposed"), isNumber: true, cell: ({ proposed }) => proposed },
          { key: "missed", title: t("uptime.missed"), isNumber: true, cell: ({ missed }) => missed },
          {
            key: "at",
            title: t("uptime.reported"),
            isMinor: true,
            cell: ({ reportedAt }) => formatTime(reportedAt, locale),
          },
        ]}
      />
    </section>
  );
}

/** What reporters agreed on, epoch by epoch, oldest first. */
export function UptimePanel({ newestFirst, source }: { newestFirst: ReportedEpoch[]; source: string }) {
  const t = useT();
  const [isTable, setTable] = useState(false);
  const epochs = newestFirst.toReversed();
  const mean = meanBps(epochs);
  const summary =
    mean === undefined
      ? t("uptime.none")
      : t("uptime.summary", {
          epochs: epochs.length,
          mean: formatBps(mean),
          down: epochs.filter(({ down }) => down).length,
        });
  const csv = () =>
    toCsv([
      ["epoch", "uptime_bps", "down", "proposed", "missed", "attested"],
      ...epochs.map((one) => [one.epoch, one.uptimeBps, one.down, one.proposed, one.missed, one.attested].map(String)),
    ]);
  const small = "min-h-8 rounded-lg border border-control bg-bg px-3 text-sm";
  return (
    <Panel
      title={t("uptime.title")}
      source={source}
      data-testid="uptime"
      actions={
        epochs.length > 0 && (
          <span className="flex gap-2">
            <button type="button" className={small} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
              {t("chart.table")}
            </button>
            <button type="button" className={small} onClick={() => download("uptime.csv", "text/csv", csv())}>
              CSV
            </button>
          </span>
        )
      }
    >
      {epochs.length === 0 ? (
        <Empty title={t("uptime.none")} reason={t("uptime.noneReason")} />
      ) : (
        <>
          <p className="mb-2 text-sm text-muted">{summary}</p>
          {isTable ? <Table epochs={epochs} /> : <Calendar epochs={epochs} summary={summary} />}
        </>
      )}
    </Panel>
  );
}
