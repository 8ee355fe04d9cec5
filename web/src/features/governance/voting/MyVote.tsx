import { useConnection } from "wagmi";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { type Fact, Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { castVote } from "../actions/cast-vote.ts";
import { overrideVote } from "../actions/override-vote.ts";
import type { View } from "../queries.ts";
import { NoPower } from "./NoPower.tsx";
import { OwnBallots } from "./OwnBallots.tsx";
import { waysToVote } from "./power.ts";
import { VoteForm } from "./VoteForm.tsx";

interface Props {
  id: string;
  title: string;
  view: View;
  source: string;
}

const WHOLE_BPS = 10_000;

/** Units at the snapshot: whose they are and who speaks for them. */
function Power({ view, source }: { view: View; source: string }) {
  const t = useT();
  const { address = "" } = useConnection();
  const speaksItself = view.delegate.toLowerCase() === address.toLowerCase();
  const facts: Fact[] = [
    { name: t("power.units"), value: <Amount value={view.units} source={source} digits={2} unit="" /> },
    { name: t("power.votes"), value: <Amount value={view.votes} source={source} digits={2} unit="" /> },
  ];
  if (view.weightBps !== WHOLE_BPS && view.weightBps !== 0)
    facts.push({ name: t("power.weight"), value: t("power.times", { share: formatBps(view.weightBps) }) });
  if (view.units > 0n && !speaksItself)
    facts.push({ name: t("power.delegate"), value: <HexText value={view.delegate} /> });
  return <Facts facts={facts} />;
}

/** The reader's part in the vote: power, ballot, and what can still be done. */
export function MyVote({ id, title, view, source }: Props) {
  const t = useT();
  const { address } = useConnection();
  const ways = waysToVote(view, address ?? "");
  const isHeard = view.hasVoted || view.hasOverridden;
  const speaksItself = view.delegate.toLowerCase() === address?.toLowerCase();
  if (!address && view.state !== "active" && view.state !== "pending") return null;
  return (
    <Panel title={t("power.title")} source={source} data-testid="my-vote">
      <Gated needs={{}} canLook>
        <div className="grid gap-4">
          {view.state !== "pending" && <Power view={view} source={source} />}
          {isHeard && <OwnBallots id={id} />}
          {ways.cast && <VoteForm action={castVote} id={id} title={title} label={t("vote.sign")} testId="cast-vote" />}
          {!ways.cast && !isHeard && <NoPower view={view} canOverride={ways.override} />}
          {ways.override && (
            <div className="grid gap-2">
              <h3 className="font-semibold">{t(speaksItself ? "override.own" : "override.title")}</h3>
              <p className="text-sm text-muted">{t(speaksItself ? "override.ownHow" : "override.how")}</p>
              <VoteForm action={overrideVote} id={id} title={title} label={t("override.sign")} testId="override-vote" />
            </div>
          )}
        </div>
      </Gated>
    </Panel>
  );
}
