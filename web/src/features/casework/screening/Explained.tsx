import { useT } from "../../../shared/i18n/i18n.ts";
import { type Fact, Facts } from "../../../shared/ui/values/Facts.tsx";
import type { Hit } from "./queries.ts";

const signed = (points: number) => (points > 0 ? `+${points}` : String(points));

/** Why a hit has its score: what was compared, how it fits, and how many points that gives. */
export function Explained({ hit }: { hit: Hit }) {
  const t = useT();
  const facts: Fact[] = [
    { name: t("screening.listed"), value: hit.caption },
    { name: t("screening.list"), value: `${hit.list} · ${hit.entryId}` },
    ...(hit.wallet ? [{ name: t("screening.wallet"), value: <code className="break-all">{hit.wallet}</code> }] : []),
    ...(hit.likeness
      ? [
          {
            name: t("screening.likeness"),
            value: `${hit.likeness.name} · ${(hit.likeness.similarity * 100).toFixed(1)} %`,
          },
        ]
      : []),
    ...hit.features.map(({ name, outcome, points }) => ({
      name: t(`feature.${name}`),
      value: (
        <span data-testid="feature">
          {t(`outcome.${outcome}`)} <span className="num">{signed(points)}</span>
        </span>
      ),
    })),
    { name: t("screening.score"), value: <strong className="num">{hit.score}</strong> },
    ...(hit.reason ? [{ name: t("screening.reason"), value: hit.reason }] : []),
  ];
  return <Facts facts={facts} />;
}
