import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatBps, formatCount, formatTime } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { type Fact, Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { formatFraction, isOpen } from "../kinds.ts";
import type { ChainCase, RecordedCase } from "../queries.ts";
import { runningDeadline } from "./case-steps.ts";
import { StateBadge } from "./StateBadge.tsx";

const WAD = 10n ** 18n;

/** Own and delegated stake that the case would take as it stands, and how many delegations share it. */
function useReach(known: ChainCase) {
  return useChainRead(["slash-reach", known.validatorId, known.fraction], async ({ client, at }) => {
    const stake = await client.readContract({
      ...at.core,
      functionName: "validatorStake",
      args: [known.validatorId],
    });
    const part = (tokens: bigint) => (tokens * known.fraction) / WAD;
    return { self: part(stake.self), delegated: part(stake.del.tokens), positions: stake.nPos };
  });
}

function useDeadline(known: ChainCase): Fact[] {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const running = runningDeadline(known);
  if (!running) return [];
  const value = (
    <span data-testid="case-deadline" data-for={running.key}>
      {formatTime(running.at, locale)} · <Countdown seconds={running.at - now} />
    </span>
  );
  return [{ name: t(`caseDeadline.${running.key}`), value }];
}

/** What a validator is accused of, and what it would cost. */
export function CaseFacts({ known, told, block }: { known: ChainCase; told?: RecordedCase; block?: bigint }) {
  const t = useT();
  const locale = useLocale();
  const source = useSources();
  const chain = source.chain(block);
  const reach = useReach(known).data;
  const wasReduced = told && BigInt(told.proposedFractionBps) * 10n ** 14n > known.fraction;
  const expected: Fact[] =
    isOpen(known.state) && reach
      ? [
          { name: t("case.wouldTakeSelf"), value: <Amount value={reach.self} source={chain} /> },
          { name: t("case.wouldTakeDelegated"), value: <Amount value={reach.delegated} source={chain} /> },
          { name: t("case.delegations"), value: formatCount(reach.positions) },
        ]
      : [];
  return (
    <Panel title={t("case.facts")} source={`${chain} · ${source.indexed}`}>
      <Facts
        facts={[
          {
            name: t("validator.one"),
            value: (
              <Link className="link" to="/validators/$id" params={{ id: String(known.validatorId) }}>
                {told?.validator.name ?? `#${known.validatorId}`}
              </Link>
            ),
          },
          { name: t("case.kind"), value: t(`slashKind.${known.kind}`) },
          { name: t("case.state"), value: <StateBadge state={known.state} /> },
          ...useDeadline(known),
          { name: t("case.faultAt"), value: formatTime(known.faultAt, locale) },
          {
            name: t("case.fraction"),
            value: (
              <span title={chain} data-testid="case-fraction">
                {wasReduced && `${formatBps(told.proposedFractionBps)} → `}
                {formatFraction(known.fraction)}
              </span>
            ),
          },
          ...expected,
          { name: t("case.reporter"), value: <HexText value={known.reporter} /> },
          ...(known.bond > 0n ? [{ name: t("case.bond"), value: <Amount value={known.bond} source={chain} /> }] : []),
          { name: t("case.evidenceHash"), value: <HexText value={known.evidenceHash} /> },
        ]}
      />
      {expected.length > 0 && <p className="mt-2 text-sm text-muted">{t("case.unbondingToo")}</p>}
    </Panel>
  );
}
