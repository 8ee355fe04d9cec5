import type { Clock } from "../../time/clock.ts";
import type { Sql } from "../pool.ts";

/** So many requests in a period, at once or spread. */
export interface Rate {
  requests: number;
  seconds: number;
}

/** Somebody who wants to pass. */
export interface Passage {
  /** Of the bucket. */
  name: string;
  rate: Rate;
}

/**
 * Takes one request from the bucket of each (generic cell rate algorithm, one statement, shared by all processes). Those
 * of one name take their turns, a statement each.
 * @returns seconds to wait for each; 0 if the request may pass
 */
export async function takeFromEach(sql: Sql, clock: Clock, passages: readonly Passage[]): Promise<number[]> {
  const waits: number[] = [];
  let left = [...passages.entries()];
  while (left.length > 0) {
    const first = new Map(left.toReversed().map((entry) => [entry[1].name, entry]));
    const turn = left.filter((entry) => first.get(entry[1].name) === entry);
    left = left.filter((entry) => first.get(entry[1].name) !== entry);
    const taken = await takeTurn(
      sql,
      clock,
      turn.map(([, passage]) => passage),
    );
    for (const [n, [place]] of turn.entries()) waits[place] = taken[n] ?? 0;
  }
  return waits;
}

/** @param passages Of different names. */
async function takeTurn(sql: Sql, clock: Clock, passages: readonly Passage[]): Promise<number[]> {
  const now = clock();
  const values = [
    now,
    passages.map(({ name }) => name),
    passages.map(({ rate }) => rate.seconds / rate.requests),
    passages.map(({ rate }) => rate.seconds),
  ];
  // In the order of names, so that two statements never wait for each other.
  const { rows: taken } = await sql.query<{ name: string }>(
    `with asked as (select name, cost, span from unnest((select $2::text[]), (select $3::float8[]), (select $4::float8[])) as a (name, cost, span) order by name)
     insert into app.rate_limits as l (name, arrival) select name, $1::timestamptz + make_interval(secs => cost) from asked
     on conflict (name) do update
        set arrival = greatest(l.arrival, $1::timestamptz) + (excluded.arrival - $1::timestamptz)
      where greatest(l.arrival, $1::timestamptz) + (excluded.arrival - $1::timestamptz)
            <= $1::timestamptz + make_interval(secs => (select span from asked where asked.name = l.name))
     returning name`,
    values,
  );
  if (taken.length === passages.length) return passages.map(() => 0);
  const { rows } = await sql.query<{ name: string; wait: number }>(
    `select name, extract(epoch from arrival + make_interval(secs => cost - span) - $1::timestamptz)::float8 as wait
       from unnest((select $2::text[]), (select $3::float8[]), (select $4::float8[])) as a (name, cost, span) join app.rate_limits using (name)`,
    values,
  );
  const passed = new Set(taken.map(({ name }) => name));
  const waits = new Map(rows.map(({ name, wait }) => [name, wait]));
  return passages.map(({ name }) => (passed.has(name) ? 0 : Math.max(1, Math.ceil(waits.get(name) ?? 1))));
}

/** As `takeFromEach`, of one bucket. */
export async function takeFrom(sql: Sql, clock: Clock, name: string, rate: Rate): Promise<number> {
  const [wait = 0] = await takeFromEach(sql, clock, [{ name, rate }]);
  return wait;
}

/** Forgets buckets that are full again. */
export async function pruneRates(sql: Sql, clock: Clock): Promise<number> {
  const { rowCount } = await sql.query("delete from app.rate_limits where arrival < $1", [clock()]);
  return rowCount ?? 0;
}
