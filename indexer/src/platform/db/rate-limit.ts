import type { Clock } from "../time/clock.ts";
import type { Sql } from "./pool.ts";

/** So many requests in a period, at once or spread. */
export interface Rate {
  requests: number;
  seconds: number;
}

/**
 * Takes one request from the bucket `name` (generic cell rate algorithm, one statement, shared by all processes).
 * @returns seconds to wait; 0 if the request may pass
 */
export async function takeFrom(sql: Sql, clock: Clock, name: string, { requests, seconds }: Rate): Promise<number> {
  const now = clock();
  const values = [name, now, seconds / requests, seconds];
  const { rowCount } = await sql.query(
    `insert into app.rate_limits as l (name, arrival) values ($1, $2::timestamptz + make_interval(secs => $3::float8))
     on conflict (name) do update set arrival = greatest(l.arrival, $2::timestamptz) + make_interval(secs => $3::float8)
      where greatest(l.arrival, $2::timestamptz) + make_interval(secs => $3::float8) <= $2::timestamptz + make_interval(secs => $4::float8)`,
    values,
  );
  if (rowCount === 1) return 0;
  const { rows } = await sql.query<{ wait: number }>(
    `select extract(epoch from arrival + make_interval(secs => $3::float8 - $4::float8) - $2::timestamptz)::float8 as wait
       from app.rate_limits where name = $1`,
    values,
  );
  return Math.max(1, Math.ceil(rows[0]?.wait ?? 1));
}

/** Forgets buckets that are full again. */
export async function pruneRates(sql: Sql, clock: Clock): Promise<number> {
  const { rowCount } = await sql.query("delete from app.rate_limits where arrival < $1", [clock()]);
  return rowCount ?? 0;
}
