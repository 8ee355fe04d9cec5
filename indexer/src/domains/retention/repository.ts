import { type Sql, tryLock } from "../../platform/db/pool.ts";
import type { Category } from "./rules.ts";

/** Any constant: all processes must agree on it. */
const LOCK = 7_261_005;
/** Rows of one statement: nobody waits long for it. */
const BATCH = 5_000;

interface Where {
  table: string;
  /** When a row began to age; null while it does not. */
  since: string;
  /** What goes with the rows; `gone` has their member_id and id. */
  also?: string[];
}

/** Where each category lies. All have a member, whom a legal hold may concern. */
const places: Record<Category, Where> = {
  sessions: {
    table: "app.sessions",
    since: "least(r.revoked_at, r.expires_at)",
    also: ["delete from app.refresh_tokens t using gone where t.member_id = gone.member_id and t.session_id = gone.id"],
  },
  sign_in_failures: { table: "app.sign_in_failures", since: "r.day::timestamptz" },
  abandoned_registrations: {
    table: "app.registrations",
    since: "case when r.state = 'EXPIRED' then r.closed_at end",
    also: [
      "delete from app.registration_steps t using gone where t.member_id = gone.member_id and t.registration_id = gone.id",
      "delete from app.node_checks t using gone where t.member_id = gone.member_id and t.registration_id = gone.id",
      "delete from app.node_waivers t using gone where t.member_id = gone.member_id and t.registration_id = gone.id",
      "delete from app.verification_codes t using gone where t.member_id = gone.member_id and t.registration_id = gone.id",
    ],
  },
  events: { table: "app.events", since: "r.at" },
  news_mails: { table: "app.news_mails", since: "r.at" },
  webhook_deliveries: { table: "app.webhook_deliveries", since: "r.ended_at" },
  exports: { table: "app.exports", since: "case when r.state in ('fetched', 'ended') then r.ends_at end" },
};

const isHeld = "exists (select 1 from app.legal_holds h where h.member_id = r.member_id and h.lifted_at is null)";

/** One run at a time, to the end of its transaction. */
export const lockRetention = (sql: Sql): Promise<boolean> => tryLock(sql, LOCK);

/** Removes what began to age before `before`, some of it at a time; what a legal hold keeps stays. @returns how many rows */
export async function removeOver(sql: Sql, category: Category, before: Date): Promise<number> {
  const { table, since, also = [] } = places[category];
  const follow = also.map((statement, place) => `, also${place} as (${statement})`).join("");
  let removed = 0;
  for (;;) {
    const { rows } = await sql.query<{ count: number }>(
      `with gone as (
         delete from ${table} where ctid = any(array(
           select r.ctid from ${table} r where ${since} < $1 and not ${isHeld} limit ${BATCH}))
         returning *
       )${follow} select count(*)::integer as count from gone`,
      [before],
    );
    const count = rows[0]?.count ?? 0;
    removed += count;
    if (count < BATCH) return removed;
  }
}

/** What is left of a category: rows that a hold keeps past their time, and when the oldest of all began to age. */
export async function leftOf(
  sql: Sql,
  category: Category,
  before: Date,
): Promise<{ held: number; oldest: Date | null }> {
  const { table, since } = places[category];
  const { rows } = await sql.query<{ held: number; oldest: Date | null }>(
    `select count(*) filter (where ${since} < $1)::integer as held, min(${since}) as oldest from ${table} r`,
    [before],
  );
  return { held: rows[0]?.held ?? 0, oldest: rows[0]?.oldest ?? null };
}

export interface Report {
  id: string;
  runId: string;
  at: Date;
  category: Category;
  keptDays: number;
  removed: number;
  held: number;
  oldestLeft: Date | null;
}

export async function insertReport(sql: Sql, r: Report): Promise<void> {
  await sql.query(
    `insert into app.retention_reports (id, run_id, at, category, kept_days, removed, held, oldest_left)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [r.id, r.runId, r.at, r.category, r.keptDays, r.removed, r.held, r.oldestLeft],
  );
}

/** Reports of runs before `before`, the newest first. */
export async function reportsBefore(sql: Sql, before: Date, limit: number): Promise<Report[]> {
  const { rows } = await sql.query<Omit<Report, "removed" | "held"> & { removed: string; held: string }>(
    `select id, run_id as "runId", at, category, kept_days as "keptDays", removed, held, oldest_left as "oldestLeft"
       from app.retention_reports where at < $1 order by at desc, category limit $2`,
    [before, limit],
  );
  return rows.map((row) => ({ ...row, removed: Number(row.removed), held: Number(row.held) }));
}
