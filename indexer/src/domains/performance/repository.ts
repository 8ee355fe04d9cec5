import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

/** A row of chain.epoch_reports; wide numbers as strings. */
export interface ReportRow {
  epoch: string;
  state: number;
  hash: string | null;
  support: number;
  confirmations: number;
  reached_at: string | null;
  from_block: string | null;
  to_block: string | null;
  item_count: number | null;
  total_amount: string | null;
  started_at: string | null;
  processed_at: string | null;
  tx_hash: string | null;
}

/** A page of reports, newest first, one row more than asked for. */
export async function listReports(reader: Sql, page: Page): Promise<ReportRow[]> {
  const { rows } = await reader.query<ReportRow>(
    "select * from chain.epoch_reports where $1::bigint is null or epoch < $1 order by epoch desc limit $2",
    [page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

/** One epoch's report. */
export async function reportOf(reader: Sql, epoch: number): Promise<ReportRow | undefined> {
  const { rows } = await reader.query<ReportRow>("select * from chain.epoch_reports where epoch = $1", [epoch]);
  return rows[0];
}

export interface VoteRow {
  epoch: string;
  reporter: string;
  hash: string;
  version: number;
  voted_at: string;
  confirmed_at: string | null;
}

/** Votes for the reports of each epoch, in one statement. */
export async function votesOf(reader: Sql, epochs: readonly number[]): Promise<VoteRow[]> {
  const { rows } = await reader.query<VoteRow>(
    "select * from chain.report_votes where epoch = any($1::bigint[]) order by epoch, voted_at, reporter",
    [epochs],
  );
  return rows;
}

export interface EpochRow {
  validator_id: string;
  epoch: string;
  proposed: number;
  attested: number;
  missed: number;
  uptime_bps: number;
  down: boolean;
  amount: string;
  reported_at: string;
}

/** The newest `count` epochs of each validator that were reported up to block `last`, newest first, in one statement. */
export async function epochsOf(reader: Sql, ids: readonly number[], count: number, last: number): Promise<EpochRow[]> {
  const { rows } = await reader.query<EpochRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.validator_epochs e where e.validator_id = v.id and e.block_number <= $3
        order by epoch desc limit $2) t`,
    [ids, count, last],
  );
  return rows;
}

/** What the reports of each epoch say of validators, by id, in one statement. */
export async function itemsOf(reader: Sql, epochs: readonly number[], count: number): Promise<EpochRow[]> {
  const { rows } = await reader.query<EpochRow>(
    `select t.* from unnest($1::bigint[]) as v(epoch) cross join lateral (
       select * from chain.validator_epochs e where e.epoch = v.epoch order by validator_id limit $2) t`,
    [epochs, count],
  );
  return rows;
}

/** Reporters, present and past. */
export async function reporters(reader: Sql): Promise<{ account: string; active: boolean; since: string }[]> {
  const { rows } = await reader.query<{ account: string; active: boolean; since: string }>(
    "select * from chain.reporters order by account",
  );
  return rows;
}
