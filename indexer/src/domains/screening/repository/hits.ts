import type { Sql } from "../../../platform/db/pool.ts";
import type { HitState } from "../rules.ts";

export interface Hit {
  memberId: string;
  id: string;
  openedAt: Date;
  kind: "wallet" | "name";
  score: number;
  state: HitState;
  sealed: Buffer;
  approvalId: string | null;
  proposedBy: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  reasonSealed: Buffer | null;
}

const columns = `h.member_id as "memberId", h.id, h.opened_at as "openedAt", h.kind, h.score, h.state, h.sealed,
  h.approval_id as "approvalId", h.proposed_by as "proposedBy", h.decided_by as "decidedBy", h.decided_at as "decidedAt",
  h.reason_sealed as "reasonSealed"`;

export async function insertHit(
  sql: Sql,
  h: Pick<Hit, "memberId" | "id" | "openedAt" | "kind" | "score" | "sealed">,
): Promise<void> {
  await sql.query(
    `insert into app.screening_hits (member_id, id, opened_at, kind, score, state, sealed)
     values ($1, $2, $3, $4, $5, 'open', $6)`,
    [h.memberId, h.id, h.openedAt, h.kind, h.score, h.sealed],
  );
}

export async function saveHit(sql: Sql, h: Hit): Promise<void> {
  await sql.query(
    `update app.screening_hits set state = $3, approval_id = $4, proposed_by = $5, decided_by = $6, decided_at = $7,
       reason_sealed = $8 where member_id = $1 and id = $2`,
    [h.memberId, h.id, h.state, h.approvalId, h.proposedBy, h.decidedBy, h.decidedAt, h.reasonSealed],
  );
}

/** Lapses an open hit. @returns false if an officer was quicker */
export async function lapseHit(sql: Sql, { memberId, id }: Hit): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update app.screening_hits set state = 'lapsed' where member_id = $1 and id = $2 and state = 'open'",
    [memberId, id],
  );
  return rowCount === 1;
}

export async function hitsOf(sql: Sql, memberId: string): Promise<Hit[]> {
  const { rows } = await sql.query<Hit>(
    `select ${columns} from app.screening_hits h where member_id = $1 order by opened_at desc, id`,
    [memberId],
  );
  return rows;
}

export async function hitOf(sql: Sql, id: string): Promise<Hit | undefined> {
  const { rows } = await sql.query<Hit>(`select ${columns} from app.screening_hits h where id = $1`, [id]);
  return rows[0];
}

/** A hit, locked to the end of the transaction. */
export async function lockHit(sql: Sql, id: string): Promise<Hit | undefined> {
  const { rows } = await sql.query<Hit>(`select ${columns} from app.screening_hits h where id = $1 for update`, [id]);
  return rows[0];
}

/** Hits that nobody has acted on. */
export async function openHits(sql: Sql): Promise<Hit[]> {
  const { rows } = await sql.query<Hit>(`select ${columns} from app.screening_hits h where state = 'open'`);
  return rows;
}

export interface HitFilter {
  states: readonly HitState[];
  minScore?: number | undefined;
  isExposed?: boolean | undefined;
}

/** A hit as the list of work shows it, with the member's newest score. */
export type QueuedHit = Hit & { amlScore: number; isExposed: boolean };

/** Hits in some states, of members with at least a score: what waits longest first. */
export async function listHits(sql: Sql, filter: HitFilter, limit: number): Promise<QueuedHit[]> {
  const { rows } = await sql.query<QueuedHit>(
    `select ${columns}, r.aml_score as "amlScore", r.is_exposed as "isExposed"
       from app.screening_hits h
       cross join lateral (select aml_score, is_exposed from app.screening_results r
                            where r.member_id = h.member_id order by at desc, id desc limit 1) r
      where h.state = any($1) and r.aml_score >= $2 and ($3::boolean is null or r.is_exposed = $3)
      order by h.opened_at, h.id limit $4`,
    [filter.states, filter.minScore ?? 0, filter.isExposed ?? null, limit],
  );
  return rows;
}
