import { Link } from "@tanstack/react-router";
import { formatTime, shortHex } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Badge, type Tone } from "../../shared/ui/Badge.tsx";
import { Countdown } from "../../shared/ui/values/Countdown.tsx";
import { type Fact, Facts } from "../../shared/ui/values/Facts.tsx";
import { Decision } from "./Decision.tsx";
import { secondsLeft, wordsOf } from "./kinds.ts";
import type { Proposal } from "./queries.ts";

const tones: Record<NonNullable<Proposal["outcome"]>, Tone> = {
  approved: "success",
  rejected: "danger",
  withdrawn: "neutral",
  expired: "neutral",
};

const Wallet = ({ address }: { address: string | null }) =>
  address ? (
    <code title={address} className="text-sm">
      {shortHex(address)}
    </code>
  ) : (
    <span>–</span>
  );

/** One proposal: what, about whom, by whom, how long, and what can be done about it. */
export function ProposalCard({ proposal, now }: { proposal: Proposal; now: number }) {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  const { kind, detail, subjectId, subjectAddress, outcome, decidedAt, reason } = proposal;
  const left = secondsLeft(proposal.expiresAt, now);
  const facts: Fact[] = [
    {
      name: t("approvals.about"),
      value: subjectAddress ? (
        <Link to="/admin/members/$id" params={{ id: subjectId }}>
          <Wallet address={subjectAddress} />
        </Link>
      ) : (
        t("approvals.nobody")
      ),
    },
    { name: t("approvals.by"), value: <Wallet address={proposal.proposedByAddress} /> },
    { name: t("approvals.at"), value: at(proposal.proposedAt) },
  ];
  if (outcome === null) {
    facts.push({ name: t("approvals.left"), value: left > 0 ? <Countdown seconds={left} /> : t("approvals.over") });
  } else {
    facts.push({
      name: t("approvals.outcome"),
      value: <Badge tone={tones[outcome]}>{t(`approval.outcome.${outcome}`)}</Badge>,
    });
    if (proposal.decidedByAddress) {
      facts.push({ name: t("approvals.decidedBy"), value: <Wallet address={proposal.decidedByAddress} /> });
    }
    if (decidedAt) facts.push({ name: t("approvals.decidedAt"), value: at(decidedAt) });
    if (reason) facts.push({ name: t("approvals.note"), value: reason });
  }
  return (
    <li data-testid="proposal" data-kind={kind} className="rounded-lg border border-line bg-bg p-4">
      <h3 className="mb-2 font-semibold">{wordsOf(kind, detail, t)}</h3>
      <Facts facts={facts} />
      {outcome === null && left > 0 && (
        <div className="mt-3 border-t border-line pt-3">
          <Decision proposal={proposal} />
        </div>
      )}
    </li>
  );
}
