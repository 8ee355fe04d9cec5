import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** Left out of the card on phones. */
  isMinor?: boolean;
  sort?: { direction: "ascending" | "descending" | undefined; toggle: () => void };
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowTestId?: string;
  isStriped?: (row: Row) => boolean;
}

function Heading<Row>({ column: { title, isNumber, sort } }: { column: Column<Row> }) {
  const look = `px-3 py-2 text-sm font-semibold text-muted ${isNumber ? "text-right" : "text-left"}`;
  if (!sort)
    return (
      <th scope="col" className={look}>
        {title}
      </th>
    );
  const glyph = sort.direction === "ascending" ? "▲" : sort.direction === "descending" ? "▼" : "↕";
  return (
    <th scope="col" aria-sort={sort.direction ?? "none"} className={look}>
      <button type="button" onClick={sort.toggle} className="inline-flex min-h-6 items-center gap-1 font-semibold">
        {title}
        <span aria-hidden="true" className="text-xs">
          {glyph}
        </span>
      </button>
    </th>
  );
}

/** A native table; on phones each row becomes a card that names its fields. */
export function DataTable<Row>({ caption, columns, rows, rowKey, rowTestId, isStriped }: Props<Row>) {
  return (
    <table className="block w-full border-collapse sm:table">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only sm:not-sr-only sm:table-header-group">
        <tr className="border-b border-line">
          {columns.map((column) => (
            <Heading key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            data-testid={rowTestId}
            data-row={rowKey(row)}
            className={`mb-3 block rounded-lg border border-line bg-bg p-3 sm:mb-0 sm:table-row sm:rounded-none sm:border-0 sm:border-b sm:bg-transparent sm:p-0 ${isStriped?.(row) ? "[background-image:repeating-linear-gradient(135deg,transparent,transparent_8px,var(--raised)_8px,var(--raised)_16px)]" : ""}`}
          >
            {columns.map((column) => (
              <td
                key={column.key}
                className={`flex items-center justify-between gap-3 py-1 sm:table-cell sm:px-3 sm:py-2.5 ${column.isMinor ? "max-sm:hidden" : ""} ${column.isNumber ? "num sm:text-right sm:whitespace-nowrap" : ""}`}
              >
                <span aria-hidden="true" className="shrink-0 text-sm text-muted sm:hidden">
                  {column.title}
                </span>
                <span className="text-right sm:[text-align:inherit]">{column.cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
