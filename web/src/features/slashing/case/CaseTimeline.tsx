import { useChainNow } from "../../../shared/chain/head.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { type Step, Steps } from "../../../shared/ui/values/Steps.tsx";
import { formatFraction } from "../kinds.ts";
import type { ChainCase, RecordedCase } from "../queries.ts";
import { type CaseStep, caseSteps } from "./case-steps.ts";

/** Who acted, in the record's words. */
function Detail({ step, known, told }: { step: CaseStep; known: ChainCase; told: RecordedCase | undefined }) {
  const t = useT();
  const now = useChainNow();
  if (step.isDeadline && step.at !== undefined && (step.state === "now" || step.state === "coming"))
    return (
      <p className="text-muted">
        {t(step.state === "now" ? "case.left" : "case.atLatest")} <Countdown seconds={step.at - now} />
      </p>
    );
  if (step.state === "missed") return <p className="text-muted">{t(`caseMissed.${step.key as "appealed"}`)}</p>;
  if (step.key === "received") return told ? <HexText value={told.transactionHash} /> : null;
  if (step.key === "appealed" && told?.appealedBy)
    return (
      <p>
        {t("case.by")} <HexText value={told.appealedBy} />
      </p>
    );
  if (step.key === "decided" && told?.verdict && told.decidedBy)
    return (
      <p>
        <strong data-testid="case-verdict">{t(`verdict.${told.verdict}`)}</strong>
        {told.verdict === "REDUCE" && ` → ${formatFraction(known.fraction)}`} · {t("case.by")}{" "}
        <HexText value={told.decidedBy} />
      </p>
    );
  return null;
}

const closedKey = {
  EXECUTED: "caseStep.executed",
  LAPSED: "caseStep.lapsed",
  OVERTURNED: "caseStep.overturned",
} as const;

/** From the accusation to its end, with the deadlines that the contract holds. */
export function CaseTimeline({ known, told, block }: { known: ChainCase; told?: RecordedCase; block?: bigint }) {
  const t = useT();
  const source = useSources();
  const steps = caseSteps(known, told).map((step): Step => {
    const end = closedKey[known.state as keyof typeof closedKey];
    return {
      name: t(step.key === "closed" && end ? end : `caseStep.${step.key}`),
      state: step.state,
      at: step.at,
      children: <Detail step={step} known={known} told={told} />,
    };
  });
  return (
    <Panel title={t("case.timeline")} source={`${source.chain(block)} · ${source.indexed}`}>
      <Steps steps={steps} />
    </Panel>
  );
}

/** What a closed case took, to whom it went, and what was made good. */
export function CaseOutcome({ told }: { told: RecordedCase }) {
  const t = useT();
  const { indexed } = useSources();
  const rows = (["taken", "burned", "bounty", "insurance", "compensation", "bondReturned", "bondForfeited"] as const)
    .map((name) => ({ name, value: told[name] }))
    .filter(({ name, value }) => value !== null && (name === "taken" || BigInt(value) > 0n));
  if (told.closedAt === null) return null;
  return (
    <Panel title={t("case.outcome")} source={indexed} data-testid="case-outcome">
      <dl className="divide-y divide-line">
        {rows.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 py-2">
            <dt className="text-sm text-muted">{t(`outcome.${name}`)}</dt>
            <dd data-testid={`outcome-${name}`}>
              <Amount value={value ?? undefined} source={indexed} digits={18} />
            </dd>
          </div>
        ))}
      </dl>
      {told.closingTransaction && (
        <p className="mt-2 text-sm">
          {t("ui.transaction")}: <HexText value={told.closingTransaction} />
        </p>
      )}
    </Panel>
  );
}
