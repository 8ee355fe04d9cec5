import type { ListedProposal, View } from "../queries.ts";
import { isEnded } from "../states.ts";
import { waysToVote } from "../voting/power.ts";

export interface Row {
  proposal: ListedProposal;
  view: View;
}

/** Each proposal in one place: it waits for the reader's vote, is under way, or has ended. */
export function sortedOut(proposals: ListedProposal[], views: Map<string, View>, account: string | undefined) {
  const rows = proposals.flatMap((proposal): Row[] => {
    const view = views.get(proposal.proposalId);
    return view ? [{ proposal, view }] : [];
  });
  const isMine = ({ view }: Row) => account !== undefined && waysToVote(view, account).cast;
  return {
    mine: rows.filter(isMine),
    active: rows.filter((row) => !isEnded(row.view.state) && !isMine(row)),
    ended: rows.filter(({ view }) => isEnded(view.state)),
  };
}
