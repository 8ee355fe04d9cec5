import type { Sql } from "../../../platform/db/pool.ts";
import type { MediaType } from "../files/media.ts";
import type { DocumentKind } from "../rules.ts";

export interface KycDocument {
  memberId: string;
  id: string;
  caseId: string;
  kind: DocumentKind;
  mediaType: MediaType;
  size: number;
  received: number;
  stored: number;
  keySealed: Buffer;
  /** Null until it is complete. */
  sha256: Buffer | null;
  createdAt: Date;
}

const columns = `member_id as "memberId", id, case_id as "caseId", kind, media_type as "mediaType", size, received, stored,
  key_sealed as "keySealed", sha256, created_at as "createdAt"`;

export async function insertDocument(sql: Sql, d: Omit<KycDocument, "received" | "stored" | "sha256">): Promise<void> {
  await sql.query(
    `insert into app.kyc_documents (member_id, id, case_id, kind, media_type, size, received, stored, key_sealed, created_at)
     values ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8)`,
    [d.memberId, d.id, d.caseId, d.kind, d.mediaType, d.size, d.keySealed, d.createdAt],
  );
}

export async function documentsOf(sql: Sql, memberId: string, caseId: string): Promise<KycDocument[]> {
  const { rows } = await sql.query<KycDocument>(
    `select ${columns} from app.kyc_documents where member_id = $1 and case_id = $2 order by created_at, id`,
    [memberId, caseId],
  );
  return rows;
}

export async function documentOf(sql: Sql, memberId: string, id: string): Promise<KycDocument | undefined> {
  const { rows } = await sql.query<KycDocument>(
    `select ${columns} from app.kyc_documents where member_id = $1 and id = $2`,
    [memberId, id],
  );
  return rows[0];
}

/** A document, locked to the end of the transaction: parts are written one after the other. */
export async function lockDocument(sql: Sql, memberId: string, id: string): Promise<KycDocument | undefined> {
  const { rows } = await sql.query<KycDocument>(
    `select ${columns} from app.kyc_documents where member_id = $1 and id = $2 for update`,
    [memberId, id],
  );
  return rows[0];
}

export async function growDocument(sql: Sql, { memberId, id }: KycDocument, received: number, stored: number) {
  await sql.query("update app.kyc_documents set received = $3, stored = $4 where member_id = $1 and id = $2", [
    memberId,
    id,
    received,
    stored,
  ]);
}

export async function completeDocument(sql: Sql, { memberId, id }: KycDocument, sha256: Buffer): Promise<void> {
  await sql.query("update app.kyc_documents set sha256 = $3 where member_id = $1 and id = $2", [memberId, id, sha256]);
}

export async function dropDocument(sql: Sql, memberId: string, id: string): Promise<void> {
  await sql.query("delete from app.kyc_documents where member_id = $1 and id = $2", [memberId, id]);
}

/** Removes all documents of a member. @returns their ids, whose files are to go */
export async function dropDocuments(sql: Sql, memberId: string): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>("delete from app.kyc_documents where member_id = $1 returning id", [
    memberId,
  ]);
  return rows.map(({ id }) => id);
}

export async function noteReading(sql: Sql, d: KycDocument, readerId: string, at: Date): Promise<void> {
  await sql.query(
    `insert into app.kyc_readings (member_id, document_id, reader_id, at) values ($1, $2, $3, $4)
     on conflict (member_id, document_id, reader_id) do update set at = excluded.at`,
    [d.memberId, d.id, readerId, at],
  );
}

/** Documents of a case that somebody has opened. */
export async function readBy(sql: Sql, memberId: string, caseId: string, readerId: string): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>(
    `select d.id from app.kyc_documents d
       join app.kyc_readings r on r.member_id = d.member_id and r.document_id = d.id
      where d.member_id = $1 and d.case_id = $2 and r.reader_id = $3`,
    [memberId, caseId, readerId],
  );
  return new Set(rows.map(({ id }) => id));
}
