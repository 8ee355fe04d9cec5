import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import type { Epoch } from "./Health.tsx";

const FULL = 10_000;

/** A sign beside the colour: what is below 100 % is told without it. */
const look = ({ uptimeBps, down }: Epoch) =>
  down
    ? { glyph: "✕", colour: "border-danger text-danger" }
    : uptimeBps < FULL
      ? { glyph: "–", colour: "border-warning text-warning" }
      : { glyph: "", colour: "border-success" };

/** The last reported epochs, oldest first. */
export function UptimeStrip({ epochs }: { epochs: readonly Epoch[] }) {
  const t = useT();
  const ordered = [...epochs].reverse();
  const fallen = ordered.filter(({ uptimeBps }) => uptimeBps < FULL).length;
  const told = ({ epoch, uptimeBps, missed }: Epoch) =>
    t("health.epoch", { epoch, value: formatBps(uptimeBps), missed });
  if (ordered.length === 0) return <p className="mt-3 text-sm text-muted">{t("health.noEpochs")}</p>;
  return (
    <figure className="mt-4">
      <figcaption className="mb-2 text-sm text-muted">{t("health.epochs", { n: ordered.length, fallen })}</figcaption>
      <div aria-hidden="true" className="flex flex-wrap gap-1">
        {ordered.map((one) => (
          <span
            key={one.epoch}
            title={told(one)}
            className={`inline-flex size-6 items-center justify-center rounded border-2 bg-bg text-xs font-bold ${look(one).colour}`}
          >
            {look(one).glyph}
          </span>
        ))}
      </div>
      <details className="mt-2 text-sm">
        <summary className="min-h-6 cursor-pointer">{t("chart.table")}</summary>
        <ul className="num mt-1 grid gap-0.5 sm:grid-cols-2">
          {ordered.map((one) => (
            <li key={one.epoch}>{told(one)}</li>
          ))}
        </ul>
      </details>
    </figure>
  );
}
