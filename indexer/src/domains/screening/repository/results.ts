import type { Sql } from "../../../platform/db/pool.ts";

export type Why = "submitted" | "approved" | "list" | "decision";

export interface Result {
  memberId: string;
  id: string;
  at: Date;
  why: Why;
  /** 0 to 100. */
  amlScore: number;
  isExposed: boolean;
  /** Version of each list by its name. */
  versions: Record<string, string>;
  sealed: Buffer;
}

export async function insertResult(sql: Sql, r: Result): Promise<void> {
  await sql.query(
    `insert into app.screening_results (member_id, id, at, why, aml_score, is_exposed, versions, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [r.memberId, r.id, r.at, r.why, r.amlScore, r.isExposed, r.versions, r.sealed],
  );
}

/** Newest results of members that are politically exposed. */
export async function exposedResults(sql: Sql): Promise<Result[]> {
  const { rows } = await sql.query<Result>(
    `select r.member_id as "memberId", r.id, at, why, aml_score as "amlScore", is_exposed as "isExposed", versions, sealed
       from app.screening_results r
      where is_exposed and not exists (select 1 from app.screening_results n
                                        where n.member_id = r.member_id and (n.at, n.id) > (r.at, r.id))`,
  );
  return rows;
}

/** The member's newest result; undefined if it was never screened. */
export async function newestResult(sql: Sql, memberId: string): Promise<Result | undefined> {
  const { rows } = await sql.query<Result>(
    `select member_id as "memberId", id, at, why, aml_score as "amlScore", is_exposed as "isExposed", versions, sealed
       from app.screening_results where member_id = $1 order by at desc, id desc limit 1`,
    [memberId],
  );
  return rows[0];
}
