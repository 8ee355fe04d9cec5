import { useId } from "react";
import { useLocale } from "../../i18n/i18n.ts";
import { HEIGHT, layout, type Point, WIDTH } from "./geometry.ts";

interface Props {
  title: string;
  summary: string;
  series: string[];
  points: Point[];
  kind: "bars" | "line";
  unit: string;
  isWhole?: boolean;
}

/** The drawing is scaled to the room it gets, its letters are not. */
const letters = "text-[18px] sm:text-[12px] lg:text-[8px]";
const colours = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)"];
const colour = (index: number) => colours[index % colours.length];

type At = ReturnType<typeof layout>;

function Bars({ points, at, series, unit }: { points: Point[]; at: At; series: string[]; unit: string }) {
  return points.flatMap((point, index) => {
    let below = 0;
    return series.map((name, s) => {
      const value = point.values[s] ?? 0;
      const [from, to] = [at.y(below), at.y(below + value)];
      below += value;
      return (
        <rect
          key={`${point.label}-${name}`}
          x={at.center(index) - Math.min(14, at.slot * 0.4)}
          width={Math.min(28, at.slot * 0.8)}
          y={to}
          height={Math.max(0, from - to)}
          fill={colour(s)}
        >
          <title>{`${point.label} · ${name}: ${value} ${unit}`}</title>
        </rect>
      );
    });
  });
}

function Lines({ points, at, series }: { points: Point[]; at: At; series: string[] }) {
  return series.map((name, s) => (
    <g key={name}>
      {points.length === 1 && <circle cx={at.center(0)} cy={at.y(points[0]?.values[s] ?? 0)} r="4" fill={colour(s)} />}
      <polyline
        fill="none"
        stroke={colour(s)}
        strokeWidth="2"
        strokeDasharray={s === 0 ? undefined : `${6 - s} 3`}
        points={points.map(({ values }, index) => `${at.center(index)},${at.y(values[s] ?? 0)}`).join(" ")}
      />
    </g>
  ));
}

/** The picture itself; its meaning is in its title and description. */
export function Drawing({ title, summary, series, points, kind, unit, isWhole }: Props) {
  const id = useId();
  const locale = useLocale();
  const at = layout(points, kind === "bars", isWhole);
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 2 });
  return (
    <figure className="m-0">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={`${id}-t ${id}-d`} className="h-auto w-full">
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{summary}</desc>
        {at.ticks.map(({ value, y }) => (
          <g key={value}>
            <line x1={at.left} x2={at.right} y1={y} y2={y} stroke="var(--line)" />
            <text x={at.left - 6} y={y + 4} textAnchor="end" className={letters} fill="var(--muted)">
              {short.format(value)}
            </text>
          </g>
        ))}
        {kind === "bars" ? (
          <Bars points={points} at={at} series={series} unit={unit} />
        ) : (
          <Lines points={points} at={at} series={series} />
        )}
        {points.map((point, index) =>
          at.isLabelled(index) ? (
            <text
              key={point.label}
              x={at.center(index)}
              y={HEIGHT - 8}
              textAnchor="middle"
              className={letters}
              fill="var(--muted)"
            >
              {point.label}
            </text>
          ) : null,
        )}
      </svg>
      <figcaption className="mt-1 flex flex-wrap gap-4 text-sm">
        {series.map((name, s) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="inline-block size-3 rounded-sm" style={{ background: colour(s) }} />
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
