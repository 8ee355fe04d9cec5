import type { Sql } from "../../db/pool.ts";
import type { AuditBody } from "./trail.ts";

export async function insertAuditEntry(sql: Sql, body: AuditBody, nonce: Buffer, leaf: Buffer): Promise<void> {
  await sql.query(
    `with entry as (
       insert into app.audit_entries (at, actor_kind, actor_id, action, subject_id, request_id, detail, leaf, nonce)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
     ) insert into app.audit_pending (entry_id) select id from entry`,
    [body.at, body.actorKind, body.actorId, body.action, body.subjectId, body.requestId, body.detail, leaf, nonce],
  );
}
