import type { Scope } from "../../platform/access/actor.ts";
import type { Sql } from "../../platform/db/pool.ts";

export interface KeyRow {
  id: string;
  memberId: string;
  name: string;
  scopes: Scope[];
  ratePerMinute: number;
  /** Sealed; null if it may come from everywhere. */
  networks: Buffer | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
}

const columns = `k.id, k.member_id as "memberId", k.name, k.scopes, k.rate_per_minute as "ratePerMinute", k.networks,
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"`;

/** The chain has suspended the key's member since the key was made. */
const SUSPENDED = `exists (select 1 from chain.members m join chain.suspensions x using (member_no)
                            where m.owner = k.address and x.block_number > k.begun_at_block)`;

/** How many keys a member has that have not ended. */
export async function countKeys(sql: Sql, memberId: string, now: Date): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    "select count(*)::integer as count from app.api_keys where member_id = $1 and expires_at > $2",
    [memberId, now],
  );
  return rows[0]?.count ?? 0;
}

export async function insertKey(
  sql: Sql,
  k: Omit<KeyRow, "lastUsedAt"> & { address: string; secretHash: Buffer; networkMarks: Buffer[] },
): Promise<void> {
  await sql.query(
    `insert into app.api_keys (id, member_id, address, begun_at_block, name, secret_hash, scopes, rate_per_minute, networks,
                               network_marks, created_at, expires_at)
     values ($1, $2, $3, coalesce((select block_number from ops.checkpoint), 0), $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[k.id, k.memberId, k.address, k.name, k.secretHash, k.scopes, k.ratePerMinute, k.networks],
      ...[k.networkMarks, k.createdAt, k.expiresAt],
    ],
  );
}

/** What a request is compared with, of a member that was not erased. */
export interface Believable extends KeyRow {
  secretHash: Buffer;
  networkMarks: Buffer[];
  isSuspended: boolean;
}

export async function keyOf(sql: Sql, id: string): Promise<Believable | undefined> {
  const { rows } = await sql.query<Believable>(
    `select ${columns}, k.secret_hash as "secretHash", k.network_marks as "networkMarks", ${SUSPENDED} as "isSuspended"
       from app.api_keys k join app.members o on o.id = k.member_id and o.erased_at is null where k.id = $1`,
    [id],
  );
  return rows[0];
}

export interface ListedKey extends KeyRow {
  isSuspended: boolean;
  /** Requests of the last thirty days and of today (UTC), whole numbers as text. */
  requests: string;
  requestsToday: string;
}

/** A member's keys, the newest first, and how often each was used. */
export async function keysOf(sql: Sql, memberId: string, now: Date): Promise<ListedKey[]> {
  const { rows } = await sql.query<ListedKey>(
    `select ${columns}, ${SUSPENDED} as "isSuspended", u.requests::text, u.today::text as "requestsToday"
       from app.api_keys k
      cross join lateral (
        select coalesce(sum(requests), 0) as requests, coalesce(sum(requests) filter (where day = n.today), 0) as today
          from app.api_key_uses, (select ($2::timestamptz at time zone 'UTC')::date as today) n
         where key_id = k.id and day > n.today - 30) u
      where k.member_id = $1 order by k.created_at desc, k.id`,
    [memberId, now],
  );
  return rows;
}

/** Counts a request that was let in. @param touch Whether to note the time, too */
export async function countUse(sql: Sql, id: string, now: Date, touch: boolean): Promise<void> {
  await sql.query(
    `insert into app.api_key_uses as u (key_id, day, requests) values ($1, ($2::timestamptz at time zone 'UTC')::date, 1)
     on conflict (key_id, day) do update set requests = u.requests + 1`,
    [id, now],
  );
  if (touch) await sql.query("update app.api_keys set last_used_at = $2 where id = $1", [id, now]);
}

/** @returns whether the member had the key */
export async function dropKey(sql: Sql, memberId: string, id: string): Promise<boolean> {
  const { rowCount } = await sql.query("delete from app.api_keys where id = $2 and member_id = $1", [memberId, id]);
  if (rowCount === 0) return false;
  await sql.query("delete from app.api_key_uses where key_id = $1", [id]);
  return true;
}

export async function dropKeysOf(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.api_key_uses u using app.api_keys k where k.member_id = $1 and u.key_id = k.id", [
    memberId,
  ]);
  await sql.query("delete from app.api_keys where member_id = $1", [memberId]);
}

/** Forgets keys that ended before `before`, and uses of that time. @returns how many rows */
export async function pruneKeys(sql: Sql, before: Date): Promise<number> {
  const uses = await sql.query(
    "delete from app.api_key_uses u using app.api_keys k where k.expires_at < $1 and u.key_id = k.id",
    [before],
  );
  const keys = await sql.query("delete from app.api_keys where expires_at < $1", [before]);
  const old = await sql.query("delete from app.api_key_uses where day < ($1::timestamptz at time zone 'UTC')::date", [
    before,
  ]);
  return (uses.rowCount ?? 0) + (keys.rowCount ?? 0) + (old.rowCount ?? 0);
}
