import type { Sql } from "../../../platform/db/pool.ts";
import { accountOf, ballotsFor, listProposals, proposalsById, terms } from "../repository.ts";
import { type ProposalState, stateAt, supports } from "../rules.ts";
import { courseOf } from "../service.ts";

export type Support = (typeof supports)[number];

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
