import type { Context } from "../../platform/graphql/context.ts";
import { asNumber } from "../../platform/graphql/rows.ts";
import type { ProposalRow } from "./repository.ts";
import { type Course, quorumOf, stateAt, titleOf } from "./rules.ts";

/** What a proposal's state follows from. */
export const courseOf = (row: ProposalRow): Course => ({
  voteStart: Number(row.vote_start),
  voteEnd: Number(row.extended_to ?? row.vote_end),
  against: BigInt(row.against_votes),
  for: BigInt(row.for_votes),
  abstain: BigInt(row.abstain_votes),
  quorum: quorumOf(BigInt(row.supply ?? 0), row.quorum_percent),
  queued: row.queued_at !== null,
  executed: row.executed_at !== null,
  canceled: row.canceled_at !== null,
});

/** A proposal as the API tells it; its state is that of the indexed block's second. */
export function proposalNode(row: ProposalRow, context: Context) {
  const course = courseOf(row);
  return {
    proposalId: row.proposal_id,
    proposer: row.proposer,
    title: titleOf(row.description),
    description: row.description,
    state: async () => stateAt(course, (await context.asOfBlock())?.timestamp ?? 0),
    calls: row.targets.map((target, i) => ({
      target,
      value: row.values[i] ?? "0",
      calldata: row.calldatas[i] ?? "0x",
      decoded: context.decodeCall(target, row.calldatas[i] ?? "0x") ?? null,
    })),
    voteStart: course.voteStart,
    voteEnd: course.voteEnd,
    isExtended: row.extended_to !== null,
    againstVotes: row.against_votes,
    forVotes: row.for_votes,
    abstainVotes: row.abstain_votes,
    quorum: String(course.quorum),
    ballotCount: row.ballots,
    createdAt: Number(row.created_at),
    blockNumber: Number(row.block_number),
    transactionHash: row.tx_hash,
    queuedAt: asNumber(row.queued_at),
    executableAt: asNumber(row.eta),
    executedAt: asNumber(row.executed_at),
    executingTransaction: row.executed_tx,
    canceledAt: asNumber(row.canceled_at),
  };
}

export type ProposalNode = ReturnType<typeof proposalNode>;
