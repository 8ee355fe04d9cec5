import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

/** A row of chain.proposals with the units that its quorum is taken from; wide numbers as strings. */
export interface ProposalRow {
  proposal_id: string;
  proposer: string;
  description: string;
  targets: string[];
  values: string[];
  calldatas: string[];
  quorum_percent: number;
  vote_start: string;
  vote_end: string;
  extended_to: string | null;
  against_votes: string;
  for_votes: string;
  abstain_votes: string;
  ballots: number;
  created_at: string;
  block_number: string;
  log_index: number;
  tx_hash: string;
  queued_at: string | null;
  eta: string | null;
  executed_at: string | null;
  executed_tx: string | null;
  canceled_at: string | null;
  supply: string | null;
}

const proposals = `
  select p.*, (select s.units from chain.vote_supply s where s.since <= p.vote_start order by s.since desc limit 1) as supply
    from chain.proposals p`;

/** A page of proposals, newest first, one row more than asked for. */
export async function listProposals(reader: Sql, proposer: string | null, page: Page): Promise<ProposalRow[]> {
  const { rows } = await reader.query<ProposalRow>(
    `${proposals} where ($1::text is null or p.proposer = $1)
       and ($2::bigint is null or (p.block_number, p.log_index) < ($2, $3::int))
     order by p.block_number desc, p.log_index desc limit $4`,
    [proposer, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
  );
  return rows;
}

/** Proposals by id, in no order. */
export async function proposalsById(reader: Sql, ids: readonly string[]): Promise<ProposalRow[]> {
  const { rows } = await reader.query<ProposalRow>(`${proposals} where p.proposal_id = any($1::numeric[])`, [ids]);
  return rows;
}

export interface BallotRow {
  proposal_id: string;
  voter: string;
  kind: number;
  support: number;
  weight: string;
  reduced: string;
  reason: string;
  cast_at: string;
  block_number: string;
  tx_hash: string;
}

/** A page of a proposal's ballots, heaviest first, one row more than asked for. */
export async function ballotsFor(
  reader: Sql,
  proposalId: string,
  voter: string | null,
  page: Page,
): Promise<BallotRow[]> {
  const { rows } = await reader.query<BallotRow>(
    `select * from chain.ballots where proposal_id = $1::numeric and ($2::text is null or voter = $2)
        and ($3::numeric is null or (weight, voter, kind) < ($3, $4::text, $5::int))
      order by weight desc, voter desc, kind desc limit $6`,
    [proposalId, voter, ...(page.after ?? [null, null, null]), page.limit + 1],
  );
  return rows;
}

/** The latest ballots of each voter, newest first, in one statement. */
export async function ballotsBy(reader: Sql, voters: readonly string[], count: number): Promise<BallotRow[]> {
  const { rows } = await reader.query<BallotRow>(
    `select t.* from unnest($1::text[]) as v(voter) cross join lateral (
       select * from chain.ballots b where b.voter = v.voter order by block_number desc, proposal_id limit $2) t`,
    [voters, count],
  );
  return rows;
}

export interface AccountRow {
  account: string;
  member_no: string | null;
  units: string;
  votes: string;
  delegate: string | null;
  delegators: number;
  ballots: number;
  proposals: number;
}

/** A page of wallets that carry votes, most first, one row more than asked for. */
export async function listDelegates(reader: Sql, page: Page): Promise<AccountRow[]> {
  const { rows } = await reader.query<AccountRow>(
    `select * from chain.vote_accounts where votes > 0 and ($1::numeric is null or (votes, account) < ($1, $2::text))
      order by votes desc, account desc limit $3`,
    [...(page.after ?? [null, null]), page.limit + 1],
  );
  return rows;
}

/** One wallet's units, votes and delegate. */
export async function accountOf(reader: Sql, account: string): Promise<AccountRow | undefined> {
  const { rows } = await reader.query<AccountRow>("select * from chain.vote_accounts where account = $1", [account]);
  return rows[0];
}

/** The same as block `at` left it. */
export async function pastAccountOf(reader: Sql, account: string, at: number): Promise<AccountRow | undefined> {
  const { rows } = await reader.query<AccountRow>(
    `select * from chain.vote_versions where account = $1 and block_number <= $2 order by block_number desc limit 1`,
    [account, at],
  );
  return rows[0];
}

export interface PowerRow {
  account: string;
  block_time: string;
  block_number: string;
  votes: string;
}

/** The latest changes of a wallet's votes up to block `last`, newest first. */
export async function powerOf(reader: Sql, account: string, count: number, last: number): Promise<PowerRow[]> {
  const { rows } = await reader.query<PowerRow>(
    `select * from chain.vote_history where account = $1 and block_number <= $3
      order by block_number desc, log_index desc limit $2`,
    [account, count, last],
  );
  return rows;
}

export interface TermsRow {
  units: string;
  voting_delay: string;
  voting_period: string;
  late_quorum_extension: string;
  proposal_threshold: string;
  quorum_percent: number;
  guardian: string | null;
}

/** Terms of voting; undefined before the governor exists. */
export async function terms(reader: Sql): Promise<TermsRow | undefined> {
  const { rows } = await reader.query<TermsRow>("select * from chain.governance where id = 1");
  return rows[0];
}

export interface StatementRow {
  account: string;
  name: string;
  statement: string;
  link: string;
  signed_at: string;
  signature: string;
}

/** Statements of several delegates, in no order. */
export async function statementsOf(reader: Sql, accounts: readonly string[]): Promise<StatementRow[]> {
  const { rows } = await reader.query<StatementRow>(
    "select * from app.delegate_statements where account = any($1::text[])",
    [accounts],
  );
  return rows;
}

/**
 * Puts a delegate's statement in the place of an earlier one.
 * @returns undefined if there is a later one, or if the last came less than `restSeconds` ago.
 */
export async function keepStatement(
  writer: Sql,
  row: StatementRow,
  restSeconds: number,
): Promise<StatementRow | undefined> {
  const { rows } = await writer.query<StatementRow>(
    `insert into app.delegate_statements as kept (account, name, statement, link, signed_at, signature)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (account) do update
        set name = excluded.name, statement = excluded.statement, link = excluded.link,
            signed_at = excluded.signed_at, signature = excluded.signature, received_at = now()
      where kept.signed_at < excluded.signed_at and kept.received_at <= now() - make_interval(secs => $7)
     returning *`,
    [row.account, row.name, row.statement, row.link, row.signed_at, row.signature, restSeconds],
  );
  return rows[0];
}

export interface ActsRow {
  votes_for: number;
  votes_against: number;
  votes_abstain: number;
  last_vote_at: string | null;
  ended: number;
  answered: number;
}

/** Ballots of a wallet, and on how many of the proposals it voted whose vote was held between two seconds. */
export async function actsOf(reader: Sql, account: string, since: number, now: number): Promise<ActsRow> {
  const { rows } = await reader.query<ActsRow>(
    `select b.*, p.* from
       (select count(*) filter (where support = 1)::int as votes_for, count(*) filter (where support = 0)::int as votes_against,
               count(*) filter (where support = 2)::int as votes_abstain, max(cast_at) as last_vote_at
          from chain.ballots where voter = $1) b,
       (select count(*)::int as ended,
               count(*) filter (where exists (select 1 from chain.ballots v
                                               where v.voter = $1 and v.proposal_id = q.proposal_id))::int as answered
          from chain.proposals q
         where q.vote_start >= $2::bigint and coalesce(q.extended_to, q.vote_end) < $3::bigint and q.canceled_at is null) p`,
    [account, since, now],
  );
  if (!rows[0]) throw new Error("counts of one row are one row");
  return rows[0];
}
