import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { QuorumBar } from "../parts/QuorumBar.tsx";
import { StateBadge } from "../parts/StateBadge.tsx";
import type { View } from "../queries.ts";
import { isEnded, shortId } from "../states.ts";
import type { Row } from "./sorting.ts";

/** What happens next, and when. */
function Next({ view }: { view: View }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { state, snapshot, deadline, eta } = view;
  const until = state === "pending" ? snapshot : state === "active" ? deadline : state === "queued" ? eta : 0;
  if (isEnded(state)) return <>{t("proposal.votedUntil", { time: formatTime(deadline, locale) })}</>;
  return (
    <>
      {t(`proposal.next.${state as "pending" | "active" | "succeeded" | "queued"}`)}{" "}
      {until > now && <Countdown seconds={until - now} />}
    </>
  );
}

/** Proposals as cards: title, state, how far the quorum is, what comes next. */
export function ProposalList({ rows, source }: { rows: Row[]; source: string }) {
  const t = useT();
  return (
    <ul className="grid gap-3">
      {rows.map(({ proposal, view }) => (
        <li
          key={proposal.proposalId}
          data-testid="proposal-row"
          data-proposal={proposal.proposalId}
          className="grid gap-2 rounded-lg border border-line bg-bg p-4"
        >
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Link
              to="/governance/$id"
              params={{ id: proposal.proposalId }}
              className="link inline-flex min-h-6 items-center font-semibold"
            >
              {proposal.title || t("proposal.untitled", { id: shortId(proposal.proposalId) })}
            </Link>
            <StateBadge state={view.state} />
          </div>
          <p className="text-sm text-muted">
            <Next view={view} /> · {t("proposal.ballots", { n: proposal.ballotCount })}
            {(view.hasVoted || view.hasOverridden) && ` · ${t("proposal.youVoted")}`}
          </p>
          {view.state !== "pending" && (
            <QuorumBar counted={view.for + view.abstain} quorum={view.quorum} source={source} />
          )}
        </li>
      ))}
    </ul>
  );
}
