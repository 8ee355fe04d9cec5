import { useState } from "react";
import { download, toCsv } from "../../format/file.ts";
import { useLocale, useT } from "../../i18n/i18n.ts";
import { Panel } from "../Panel.tsx";
import { Drawing } from "./Drawing.tsx";
import type { Point } from "./geometry.ts";

interface Props {
  title: string;
  /** One sentence that says what the drawing shows. */
  summary: string;
  series: string[];
  points: Point[];
  kind: "bars" | "line";
  unit: string;
  source?: string;
  /** The values are counts. */
  isWhole?: boolean;
}

/** A drawing with its title, its meaning in a sentence, its numbers as a table and as CSV. */
export function Chart({ title, summary, series, points, kind, unit, source, isWhole }: Props) {
  const t = useT();
  const locale = useLocale();
  const [isTable, setTable] = useState(false);
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 4 });
  const csv = () => toCsv([["", ...series], ...points.map((p) => [p.label, ...p.values.map(String)])]);
  const small = "min-h-8 rounded-lg border border-control bg-bg px-3 text-sm";
  return (
    <Panel
      title={title}
      source={source}
      actions={
        <span className="flex gap-2">
          <button type="button" className={small} aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {t("chart.table")}
          </button>
          <button type="button" className={small} onClick={() => download(`${title}.csv`, "text/csv", csv())}>
            CSV
          </button>
        </span>
      }
    >
      <p className="mb-2 text-sm text-muted">{summary}</p>
      {!isTable && <Drawing {...{ title, summary, series, points, kind, unit, isWhole }} />}
      {isTable && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className="max-h-72 overflow-auto" tabIndex={0} aria-label={`${title}: ${t("chart.table")}`}>
          <table className="w-full text-sm">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                <th scope="col" className="p-1 text-left">
                  {t("chart.point")}
                </th>
                {series.map((name) => (
                  <th key={name} scope="col" className="p-1 text-right">{`${name} (${unit})`}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.label} className="border-t border-line">
                  <th scope="row" className="p-1 text-left font-normal">
                    {point.label}
                  </th>
                  {series.map((name, index) => (
                    <td key={name} className="num p-1 text-right">
                      {number(point.values[index] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
