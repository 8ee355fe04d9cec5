import { useChainNow } from "../../shared/chain/head.ts";
import { formatTime } from "../../shared/format/number.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Badge, type Tone } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Countdown } from "../../shared/ui/values/Countdown.tsx";
import { type Fact, Facts } from "../../shared/ui/values/Facts.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { type ChainSuspension, canAppeal, canDecide } from "./queries.ts";
import type { State } from "./reasons.ts";

const tones: Record<State, Tone> = {
  NONE: "neutral",
  IMPOSED: "danger",
  APPEALED: "info",
  UPHELD: "danger",
  REDUCED: "warning",
  OVERTURNED: "success",
  ENDED: "neutral",
};

/** Why, by whom and how long, with the deadlines that still run. */
export function SuspensionFacts({ known, block }: { known: ChainSuspension; block: bigint | undefined }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const source = useSources();
  const running = (at: number, testId: string) => (
    <span data-testid={testId}>
      {formatTime(at, locale)}
      {at > now && (
        <>
          {" · "}
          <Countdown seconds={at - now} />
        </>
      )}
    </span>
  );
  const deadlines: Fact[] = [
    ...(canAppeal(known, now)
      ? [{ name: t("caseDeadline.appealed"), value: running(known.appealBy, "appeal-by") }]
      : []),
    ...(canDecide(known, now)
      ? [{ name: t("caseDeadline.decided"), value: running(known.decideBy, "decide-by") }]
      : []),
  ];
  return (
    <Panel title={t("suspension.facts")} source={source.chain(block)}>
      <Facts
        facts={[
          { name: t("member.number"), value: `#${known.memberNo}` },
          { name: t("suspension.reason"), value: <strong>{t(`suspendReason.${known.reason}`)}</strong> },
          {
            name: t("case.state"),
            value: <Badge tone={tones[known.state]}>{t(`suspendState.${known.state}`)}</Badge>,
          },
          { name: t("suspension.from"), value: formatTime(known.suspendedAt, locale) },
          { name: t("suspension.until"), value: running(known.endsAt, "ends-at") },
          ...deadlines,
          { name: t("suspension.by"), value: <HexText value={known.by} /> },
          { name: t("case.evidenceHash"), value: <HexText value={known.evidenceHash} /> },
        ]}
      />
      {known.state === "APPEALED" && known.endsAt < known.term && (
        <p className="mt-2 text-sm text-muted">{t("suspension.silence")}</p>
      )}
      <p className="mt-2 text-sm text-muted">{t("suspension.stillWorks")}</p>
    </Panel>
  );
}
