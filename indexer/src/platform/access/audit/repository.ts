import type { Sql } from "../../db/pool.ts";
import type { AuditBody } from "./trail.ts";

export async function insertAuditEntry(sql: Sql, body: AuditBody, leaf: Buffer): Promise<void> {
  await sql.query(
    `insert into app.audit_entries (at, actor_kind, actor_id, action, subject_id, request_id, detail, leaf)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [body.at, body.actorKind, body.actorId, body.action, body.subjectId, body.requestId, body.detail, leaf],
  );
}
