import type { Sql } from "../../platform/db/pool.ts";

/** Totals of the network; undefined before the first event. */
export async function totals(reader: Sql): Promise<Record<string, string> | undefined> {
  const { rows } = await reader.query<Record<string, string>>("select * from chain.network where id = 1");
  return rows[0];
}

export interface Day {
  day: string;
  self_stake: string;
  delegated: string;
  rewards: string;
  burned: string;
}

export interface PauseRow {
  scope: number;
  since: string;
  until: string;
  reason: string;
  block_number: string;
}

/** The latest stops, newest first. */
export async function pauses(reader: Sql, count: number): Promise<PauseRow[]> {
  const { rows } = await reader.query<PauseRow>("select * from chain.pauses order by since desc, scope limit $1", [
    count,
  ]);
  return rows;
}

/** The latest `days` entries of the series, oldest first. */
export async function series(reader: Sql, days: number): Promise<Day[]> {
  const { rows } = await reader.query<Day>(
    "select * from (select * from chain.network_daily order by day desc limit $1) d order by day",
    [days],
  );
  return rows;
}
