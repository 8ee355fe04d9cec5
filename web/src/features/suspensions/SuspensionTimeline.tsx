import { useChainNow } from "../../shared/chain/head.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Panel } from "../../shared/ui/Panel.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { type Step, Steps } from "../../shared/ui/values/Steps.tsx";
import { type ChainSuspension, canAppeal, canDecide, type RecordedSuspension } from "./queries.ts";

type Told = RecordedSuspension | undefined;

function decision(known: ChainSuspension, told: Told, now: number): Pick<Step, "state" | "at"> {
  if (["UPHELD", "REDUCED", "OVERTURNED"].includes(known.state) || told?.verdict)
    return { state: "done", at: told?.decidedAt ?? undefined };
  if (canDecide(known, now)) return { state: "now", at: known.decideBy };
  return { state: canAppeal(known, now) ? "coming" : "missed" };
}

/** From the suspension to the member's return. */
export function SuspensionTimeline({
  known,
  told,
  block,
}: {
  known: ChainSuspension;
  told: Told;
  block: bigint | undefined;
}) {
  const t = useT();
  const now = useChainNow();
  const source = useSources();
  const wasAppealed = known.decideBy !== 0;
  const steps: Step[] = [
    {
      name: t("suspension.imposed"),
      state: "done",
      at: known.suspendedAt,
      children: told && <HexText value={told.transactionHash} />,
    },
    {
      name: t("caseStep.appealed"),
      state: wasAppealed ? "done" : canAppeal(known, now) ? "now" : "missed",
      at: wasAppealed ? (told?.appealedAt ?? undefined) : known.appealBy,
    },
    {
      name: t("caseStep.decided"),
      ...decision(known, told, now),
      children: told?.verdict && told.decidedBy && (
        <p>
          <strong data-testid="suspension-verdict">{t(`verdict.${told.verdict}`)}</strong> · {t("case.by")}{" "}
          <HexText value={told.decidedBy} />
        </p>
      ),
    },
    {
      name: t("suspension.restored"),
      state: !known.isInForce ? "done" : now >= known.endsAt ? "now" : "coming",
      at: known.isInForce ? known.endsAt : (told?.restoredAt ?? undefined),
    },
  ];
  return (
    <Panel title={t("case.timeline")} source={`${source.chain(block)} · ${source.indexed}`}>
      <Steps steps={steps} />
    </Panel>
  );
}
