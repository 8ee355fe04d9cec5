import type { WrappedKey } from "../../platform/crypto/keys/provider.ts";
import type { Purpose } from "../../platform/crypto/seals.ts";
import type { Sql } from "../../platform/db/pool.ts";

export interface StoredKey {
  memberId: string;
  purpose: Purpose;
  version: number;
  /** Null when the key was destroyed. */
  wrapped: WrappedKey | null;
}

interface KeyRow {
  member_id: string;
  purpose: Purpose;
  version: number;
  wrapped_dek: Buffer | null;
  kek_ref: string;
  kek_version: number;
}

const stored = (row: KeyRow): StoredKey => ({
  memberId: row.member_id,
  purpose: row.purpose,
  version: row.version,
  wrapped: row.wrapped_dek && { kekRef: row.kek_ref, kekVersion: row.kek_version, bytes: row.wrapped_dek },
});

/** The key of `version`, or the newest; undefined if there never was one. */
export async function keyOf(
  sql: Sql,
  memberId: string,
  purpose: Purpose,
  version?: number,
): Promise<StoredKey | undefined> {
  const { rows } = await sql.query<KeyRow>(
    `select * from keyvault.member_keys
      where member_id = $1 and purpose = $2 and ($3::integer is null or version = $3) order by version desc limit 1`,
    [memberId, purpose, version ?? null],
  );
  return rows[0] && stored(rows[0]);
}

/** Stores the first key unless somebody was faster. */
export async function insertFirst(sql: Sql, memberId: string, purpose: Purpose, wrapped: WrappedKey): Promise<void> {
  await sql.query(
    `insert into keyvault.member_keys (member_id, purpose, version, wrapped_dek, kek_ref, kek_version)
     values ($1, $2, 1, $3, $4, $5) on conflict do nothing`,
    [memberId, purpose, wrapped.bytes, wrapped.kekRef, wrapped.kekVersion],
  );
}

/** Keys that `kekRef` wrapped under another version than `current`, in the order of their members. */
export async function wrappedOtherwise(sql: Sql, kekRef: string, current: number, limit: number): Promise<StoredKey[]> {
  const { rows } = await sql.query<KeyRow>(
    `select * from keyvault.member_keys where destroyed_at is null and kek_ref = $1 and kek_version <> $2
      order by member_id, purpose, version limit $3`,
    [kekRef, current, limit],
  );
  return rows.map(stored);
}

/** Replaces the wrapping, unless the key was destroyed or rewrapped meanwhile. */
export async function replaceWrapping(sql: Sql, key: StoredKey, renewed: WrappedKey): Promise<void> {
  await sql.query(
    `update keyvault.member_keys set wrapped_dek = $4, kek_ref = $5, kek_version = $6
      where member_id = $1 and purpose = $2 and version = $3 and destroyed_at is null and kek_version = $7`,
    [
      key.memberId,
      key.purpose,
      key.version,
      renewed.bytes,
      renewed.kekRef,
      renewed.kekVersion,
      key.wrapped?.kekVersion ?? null,
    ],
  );
}

/** Forgets all keys of a member for one purpose; there is no way back. @returns how many there were */
export async function destroyKeys(sql: Sql, memberId: string, purpose: Purpose): Promise<number> {
  const { rowCount } = await sql.query(
    `update keyvault.member_keys set wrapped_dek = null, destroyed_at = now()
      where member_id = $1 and purpose = $2 and destroyed_at is null`,
    [memberId, purpose],
  );
  return rowCount ?? 0;
}
