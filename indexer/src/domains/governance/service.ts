import type { Sql } from "../../platform/db/pool.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { asNumber } from "../../platform/graphql/rows.ts";
import { accountOf, ballotsFor, listProposals, type ProposalRow, proposalsById, terms } from "./repository.ts";
import { type Course, type ProposalState, quorumOf, stateAt, supports, titleOf } from "./rules.ts";

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

/** Names of what a ballot can say, in the contract's order. */
export const supportNames = supports;

/** State of a proposal at `now`, unix seconds; undefined if there is no such proposal. */
export async function proposalState(sql: Sql, proposalId: string, now: number): Promise<ProposalState | undefined> {
  const [row] = await proposalsById(sql, [proposalId]);
  return row && stateAt(courseOf(row), now);
}

/** Whether a wallet has cast its ballot; overriding a delegate's is another one. @param voter lower case */
export async function hasVoted(sql: Sql, proposalId: string, voter: string): Promise<boolean> {
  const rows = await ballotsFor(sql, proposalId, voter, { limit: 2, after: undefined });
  return rows.some(({ kind }) => kind === 0);
}

/** What a wallet can propose with. @param account lower case */
export async function proposingPower(
  sql: Sql,
  account: string,
  now: number,
): Promise<{ votes: bigint; threshold: bigint; latest: ProposalState | undefined }> {
  const [power, voting] = [await accountOf(sql, account), await terms(sql)];
  const [latest] = await listProposals(sql, account, { limit: 1, after: undefined });
  return {
    votes: BigInt(power?.votes ?? 0),
    threshold: BigInt(voting?.proposal_threshold ?? 0),
    latest: latest && stateAt(courseOf(latest), now),
  };
}
