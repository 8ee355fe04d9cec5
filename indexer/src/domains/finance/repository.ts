import type { Sql } from "../../platform/db/pool.ts";

/** Sums of one member; wide numbers as strings, base units. */
export interface FinanceRow {
  balance: string;
  self_stake: string;
  delegated: string;
  unbonding: string;
  claimed: string;
  compounded: string;
  commission: string;
  slashed: string;
  first_at: string | null;
  last_at: string | null;
}

/** What the chain says of a member's money at the newest block. @param account Its wallet, lower case. */
export async function financesOf(reader: Sql, memberNo: number, account: string): Promise<FinanceRow> {
  const { rows } = await reader.query<FinanceRow>(
    `select coalesce((select amount from chain.balances where account = $2), 0) as balance,
            coalesce((select self_stake from chain.validators where member_no = $1), 0) as self_stake,
            coalesce((select sum(div(p.shares * v.pool_tokens, v.pool_shares)) from chain.positions p
                        join chain.validators v on v.validator_id = p.validator_id and v.pool_gen = p.gen and v.pool_shares > 0
                       where p.member_no = $1 and p.closed_at is null), 0) as delegated,
            coalesce((select sum(tokens_at_request) from chain.requests
                       where member_no = $1 and claimed_at is null), 0) as unbonding,
            coalesce(r.claimed, 0) as claimed, coalesce(r.compounded, 0) as compounded,
            coalesce(r.commission, 0) as commission,
            coalesce((select sum(s.self) from chain.slashes s join chain.validators v using (validator_id)
                       where v.member_no = $1), 0) as slashed,
            (select block_time from chain.activity where member_no = $1 order by block_number, log_index limit 1) as first_at,
            (select block_time from chain.activity where member_no = $1
              order by block_number desc, log_index desc limit 1) as last_at
       from (select sum(amount) filter (where kind = 'claim') as claimed,
                    sum(amount) filter (where kind = 'compound') as compounded,
                    sum(amount) filter (where kind = 'commission') as commission
               from chain.reward_payments where member_no = $1) r`,
    [memberNo, account],
  );
  if (!rows[0]) throw new Error("sums of one row are one row");
  return rows[0];
}

export interface StatisticsRow {
  open_positions: number;
  closed_positions: number;
  open_requests: number;
  events: string;
  payments: string;
}

/** How much a member has done. */
export async function statisticsOf(reader: Sql, memberNo: number): Promise<StatisticsRow> {
  const { rows } = await reader.query<StatisticsRow>(
    `select (select count(*)::int from chain.positions where member_no = $1 and closed_at is null) as open_positions,
            (select count(*)::int from chain.positions where member_no = $1 and closed_at is not null) as closed_positions,
            (select count(*)::int from chain.requests where member_no = $1 and claimed_at is null) as open_requests,
            (select count(*) from chain.activity where member_no = $1) as events,
            (select count(*) from chain.reward_payments where member_no = $1) as payments`,
    [memberNo],
  );
  if (!rows[0]) throw new Error("counts of one row are one row");
  return rows[0];
}
