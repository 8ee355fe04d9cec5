import type { BlindIndex } from "../../../platform/crypto/blind-index.ts";
import type { Sql } from "../../../platform/db/pool.ts";

export async function putPersonal(sql: Sql, memberId: string, field: string, sealed: Buffer, at: Date): Promise<void> {
  await sql.query(
    `insert into app.member_personal (member_id, field, sealed, updated_at) values ($1, $2, $3, $4)
     on conflict (member_id, field) do update set sealed = excluded.sealed, updated_at = excluded.updated_at`,
    [memberId, field, sealed, at],
  );
}

export async function personalOf(sql: Sql, memberId: string, fields: readonly string[]): Promise<Map<string, Buffer>> {
  const { rows } = await sql.query<{ field: string; sealed: Buffer }>(
    "select field, sealed from app.member_personal where member_id = $1 and field = any($2)",
    [memberId, fields],
  );
  return new Map(rows.map(({ field, sealed }) => [field, sealed]));
}

export async function dropPersonalFields(sql: Sql, memberId: string, fields: readonly string[]): Promise<void> {
  await sql.query("delete from app.member_personal where member_id = $1 and field = any($2)", [memberId, fields]);
}

/** Takes an index for a member. @returns whether it is now this member's */
export async function takeIndex(sql: Sql, { kind, hmac, keyVersion }: BlindIndex, memberId: string): Promise<boolean> {
  await sql.query(
    "insert into app.blind_indexes (kind, hmac, key_version, member_id) values ($1, $2, $3, $4) on conflict do nothing",
    [kind, hmac, keyVersion, memberId],
  );
  return (await holderOf(sql, [{ kind, hmac, keyVersion }])) === memberId;
}

export async function dropIndexes(sql: Sql, memberId: string, kind: string): Promise<void> {
  await sql.query("delete from app.blind_indexes where member_id = $1 and kind = $2", [memberId, kind]);
}

/** Whose a value is, under any of its indexes. */
export async function holderOf(sql: Sql, indexes: BlindIndex[]): Promise<string | undefined> {
  const { rows } = await sql.query<{ member_id: string }>(
    `select member_id from app.blind_indexes b
       join unnest($1::text[], $2::bytea[], $3::integer[]) as n(kind, hmac, key_version) using (kind, hmac, key_version) limit 1`,
    [indexes.map(({ kind }) => kind), indexes.map(({ hmac }) => hmac), indexes.map(({ keyVersion }) => keyVersion)],
  );
  return rows[0]?.member_id;
}

/** Forgets who a member is and which wallets are its own; an empty row stays, so that nothing else takes its id. */
export async function forgetMember(sql: Sql, memberId: string, at: Date): Promise<void> {
  await sql.query("delete from app.blind_indexes where member_id = $1", [memberId]);
  await sql.query("delete from app.member_personal where member_id = $1", [memberId]);
  await sql.query("delete from app.member_wallets where member_id = $1", [memberId]);
  await sql.query("update app.members set erased_at = $2 where id = $1 and erased_at is null", [memberId, at]);
}
