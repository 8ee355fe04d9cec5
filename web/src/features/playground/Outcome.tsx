import { useMemo, useState } from "react";
import { download, toCsv } from "../../shared/format/file.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import type { Told } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { DataTable } from "../../shared/ui/DataTable.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { blockOf, type Table, tableOf } from "./table.ts";

/** More rows would only make the page slow; exports have all. */
const MOST_ROWS = 100;

interface Row {
  key: string;
  cells: string[];
}

function Rows({ table: { columns, rows } }: { table: Table }) {
  const t = useT();
  const shown = rows.slice(0, MOST_ROWS).map((cells, index) => ({ key: String(index), cells }));
  return (
    // Wide answers are scrolled, by the keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section className="overflow-x-auto" tabIndex={0} aria-label={t("playground.table")}>
      <p className="mb-2 text-sm text-muted">
        {rows.length > MOST_ROWS
          ? t("playground.firstRows", { shown: MOST_ROWS, n: rows.length })
          : t("playground.rows", { n: rows.length })}
      </p>
      <DataTable
        caption={t("playground.result")}
        columns={columns.map((name, index) => ({
          key: name,
          title: name,
          cell: ({ cells }: Row) => <span className="font-mono text-xs break-all">{cells[index]}</span>,
        }))}
        rows={shown}
        rowKey={({ key }) => key}
        rowTestId="result-row"
      />
    </section>
  );
}

/** What a query told, as a table or as it came, and ways to take it along. */
export function Outcome({ told, ms }: { told: Told<unknown>; ms: number }) {
  const t = useT();
  const [view, setView] = useState<"table" | "json">("table");
  const table = useMemo(() => tableOf(told.data), [told.data]);
  const text = useMemo(() => JSON.stringify(told, null, 2), [told]);
  const name = `tburn-query-${blockOf(told.data) ?? "answer"}`;
  return (
    <div className="grid gap-3">
      {told.errors?.map(({ message, path, extensions }) => (
        <Notice
          key={`${message} ${path?.join(".")}`}
          tone="danger"
          title={t("playground.refused", { code: extensions?.code ?? "?" })}
        >
          {path && <code>{path.join(".")}</code>} {message}
        </Notice>
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Choice
          label={t("playground.view")}
          value={view}
          options={(["table", "json"] as const).map((value) => ({ value, label: t(`playground.${value}`) }))}
          onChange={setView}
        />
        <span className="num text-sm text-muted">{t("playground.took", { ms })}</span>
        <Button data-testid="export-json" onClick={() => download(`${name}.json`, "application/json", text)}>
          {t("playground.exportJson")}
        </Button>
        {table && (
          <Button
            data-testid="export-csv"
            onClick={() => download(`${name}.csv`, "text/csv", toCsv([table.columns, ...table.rows]))}
          >
            {t("playground.exportCsv")}
          </Button>
        )}
      </div>
      {view === "table" && (table ? <Rows table={table} /> : <p className="text-muted">{t("playground.noTable")}</p>)}
      {view === "json" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
        <section tabIndex={0} aria-label={t("playground.json")} className="max-h-[32rem] overflow-auto">
          <pre data-testid="result-json" className="text-xs">
            {text}
          </pre>
        </section>
      )}
    </div>
  );
}
