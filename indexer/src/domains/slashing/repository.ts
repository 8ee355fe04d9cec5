import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

/** A signed vote; whole numbers as strings. */
type Vote = Record<"chainId" | "height" | "round" | "step" | "blockHash", string>;

/** What `EvidenceSubmitted` told. */
export interface Evidence {
  key: string;
  a: Vote;
  b: Vote;
  sigA: string;
  sigB: string;
}

/** A row of chain.slash_cases; wide numbers as strings. */
export interface CaseRow {
  case_id: string;
  validator_id: string;
  kind: number;
  state: number;
  proven: boolean;
  tau: string;
  proposed_fraction: string;
  fraction: string;
  evidence_hash: string;
  reporter: string;
  opened_at: string;
  opened_block: string;
  tx_hash: string;
  appeal_by: string;
  decide_by: string;
  execute_by: string;
  evidence: Evidence | null;
  statement_hash: string | null;
  appealed_at: string | null;
  appealed_by: string | null;
  verdict: number | null;
  decided_at: string | null;
  decided_by: string | null;
  ratified_at: string | null;
  closed_at: string | null;
  closed_tx: string | null;
  taken: string | null;
  burned: string | null;
  bounty: string | null;
  insurance: string | null;
  compensation: string | null;
  bond_returned: string | null;
  bond_forfeited: string | null;
}

export interface CaseFilter {
  validatorId: number | null;
  states: number[] | null;
  kinds: number[] | null;
}

/** A page of cases, newest first, one row more than asked for. */
export async function listCases(reader: Sql, filter: CaseFilter, page: Page): Promise<CaseRow[]> {
  const { rows } = await reader.query<CaseRow>(
    `select * from chain.slash_cases
      where ($1::bigint is null or validator_id = $1) and ($2::int[] is null or state = any($2))
        and ($3::int[] is null or kind = any($3)) and ($4::bigint is null or case_id < $4)
      order by case_id desc limit $5`,
    [filter.validatorId, filter.states, filter.kinds, page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

/** One case by its number. */
export async function caseById(reader: Sql, caseId: number): Promise<CaseRow | undefined> {
  const { rows } = await reader.query<CaseRow>("select * from chain.slash_cases where case_id = $1", [caseId]);
  return rows[0];
}

/** The latest cases of each validator, newest first, in one statement. */
export async function casesOf(reader: Sql, validatorIds: readonly number[], count: number): Promise<CaseRow[]> {
  const { rows } = await reader.query<CaseRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.slash_cases c where c.validator_id = v.id order by case_id desc limit $2) t`,
    [validatorIds, count],
  );
  return rows;
}
