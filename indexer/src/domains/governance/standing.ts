import type { Context } from "../../platform/graphql/context.ts";
import { asNumber } from "../../platform/graphql/rows.ts";
import type { MemberNode } from "../identity/service.ts";
import { accountOf, actsOf, listProposals } from "./repository.ts";
import { contributionOf, REPUTATION_VERSION, reputationOf, stateAt } from "./rules.ts";
import { courseOf } from "./service.ts";

/** So many proposals of one wallet are looked at for how they ended. */
const MOST_PROPOSALS = 1_000;
const passed = new Set(["SUCCEEDED", "QUEUED", "EXECUTED"]);

/** What a member has done for governance, as of the indexed block (seed §2.4). */
export async function standingOf({ accountAddress, createdAt }: MemberNode, context: Context) {
  const account = accountAddress.toLowerCase();
  const stamp = await context.asOfBlock();
  const [power, acts, proposed] = [
    await accountOf(context.read, account),
    await actsOf(context.read, account, createdAt, stamp?.timestamp ?? 0),
    await listProposals(context.read, account, { limit: MOST_PROPOSALS, after: undefined }),
  ];
  const states = proposed.map((row) => stateAt(courseOf(row), stamp?.timestamp ?? 0));
  const counts = {
    votesCast: acts.votes_for + acts.votes_against + acts.votes_abstain,
    votesFor: acts.votes_for,
    votesAgainst: acts.votes_against,
    votesAbstain: acts.votes_abstain,
    proposalsCreated: proposed.length,
    proposalsPassed: states.filter((state) => passed.has(state)).length,
    proposalsRejected: states.filter((state) => state === "DEFEATED").length,
  };
  const facts = { ...counts, answered: acts.answered, ended: acts.ended };
  return {
    ...counts,
    asOfBlock: stamp,
    votes: power?.votes ?? "0",
    units: power?.units ?? "0",
    delegatedTo: power?.delegate ?? null,
    delegatorCount: power?.delegators ?? 0,
    ballotCount: counts.votesCast,
    proposalCount: counts.proposalsCreated,
    participationBps: acts.ended === 0 ? null : Math.floor((acts.answered * 10_000) / acts.ended),
    reputation: reputationOf(facts),
    reputationVersion: REPUTATION_VERSION,
    contribution: contributionOf(facts),
    lastVoteAt: asNumber(acts.last_vote_at),
    lastProposalAt: asNumber(proposed[0]?.created_at ?? null),
  };
}
