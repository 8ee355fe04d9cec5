import type { Sql } from "../../platform/db/pool.ts";
import type { Outcome } from "./rules.ts";

type Detail = Record<string, string | number | boolean | null>;

export interface Approval {
  id: string;
  kind: string;
  subjectId: string;
  detail: Detail;
  proposedBy: string;
  proposedAt: Date;
  expiresAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  outcome: Outcome | null;
  reason: string | null;
}

const columns = `id, kind, subject_id as "subjectId", detail, proposed_by as "proposedBy", proposed_at as "proposedAt",
  expires_at as "expiresAt", decided_by as "decidedBy", decided_at as "decidedAt", outcome, reason`;

/** @returns false if another proposal of this kind is open for the subject */
export async function insertApproval(
  sql: Sql,
  a: Pick<Approval, "id" | "kind" | "subjectId" | "detail" | "proposedBy" | "proposedAt" | "expiresAt">,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.approvals (id, kind, subject_id, detail, proposed_by, proposed_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [a.id, a.kind, a.subjectId, a.detail, a.proposedBy, a.proposedAt, a.expiresAt],
  );
  return rowCount === 1;
}

/** A proposal, locked to the end of the transaction so that two cannot decide it. */
export async function lockApproval(sql: Sql, id: string): Promise<Approval | undefined> {
  const { rows } = await sql.query<Approval>(`select ${columns} from app.approvals where id = $1 for update`, [id]);
  return rows[0];
}

export async function decideApproval(
  sql: Sql,
  id: string,
  d: { by: string | null; at: Date; outcome: Outcome; reason: string | null },
): Promise<void> {
  await sql.query(
    "update app.approvals set decided_by = $2, decided_at = $3, outcome = $4, reason = $5 where id = $1",
    [id, d.by, d.at, d.outcome, d.reason],
  );
}

/** Proposals that wait, the oldest first; or those that were decided, the newest first. */
export async function listApprovals(sql: Sql, open: boolean, limit: number): Promise<Approval[]> {
  const where = open
    ? "where decided_at is null order by proposed_at, id"
    : "where decided_at is not null order by decided_at desc, id";
  const { rows } = await sql.query<Approval>(`select ${columns} from app.approvals ${where} limit $1`, [limit]);
  return rows;
}

/** A wallet of each member, by which the staff know each other. */
export async function addressesOf(sql: Sql, memberIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; address: string }>(
    `select member_id as id, min(address) as address from app.member_wallets where member_id = any($1::uuid[])
      group by member_id`,
    [memberIds],
  );
  return new Map(rows.map(({ id, address }) => [id, address]));
}

/** Proposals whose time is over, taken so that no two processes end the same one. */
export async function takeOverdue(sql: Sql, now: Date, limit: number): Promise<Approval[]> {
  const { rows } = await sql.query<Approval>(
    `select ${columns} from app.approvals where decided_at is null and expires_at <= $1
      order by expires_at limit $2 for update skip locked`,
    [now, limit],
  );
  return rows;
}
