import type { AuditBody } from "../../../platform/access/audit/trail.ts";
import { type Sql, tryLock } from "../../../platform/db/pool.ts";

/** Any constant: all sealers must agree on it. */
const SEALER_LOCK = 7_261_004;

/** One sealer at a time, to the end of its transaction. */
export const lockSealer = (sql: Sql): Promise<boolean> => tryLock(sql, SEALER_LOCK);

/** The last seal; undefined before the first one. */
export async function headSeal(sql: Sql): Promise<{ seq: number; hash: Buffer } | undefined> {
  const { rows } = await sql.query<{ seq: string; hash: Buffer }>(
    "select seq, hash from app.audit_seals order by seq desc limit 1",
  );
  return rows[0] && { seq: Number(rows[0].seq), hash: rows[0].hash };
}

/**
 * Takes entries that wait for a seal, in the order of their numbers. Those of transactions beside which others still run
 * are left: a number is drawn before its transaction ends, so that a reader in a hurry would not keep the order. A
 * transaction of the future is one of another server, from whose backup the entry came.
 */
export async function takeUnsealed(sql: Sql, limit: number): Promise<{ id: string; leaf: Buffer }[]> {
  const { rows } = await sql.query<{ id: string; leaf: Buffer }>(
    `with next as (
       select entry_id from app.audit_pending
        where xid < pg_snapshot_xmin(pg_current_snapshot()) or xid >= pg_snapshot_xmax(pg_current_snapshot())
        order by entry_id limit $1
     ), taken as (delete from app.audit_pending p using next n where p.entry_id = n.entry_id)
     select e.id, e.leaf from next n join app.audit_entries e on e.id = n.entry_id order by e.id`,
    [limit],
  );
  return rows;
}

export interface Seal {
  seq: number;
  entryId: string;
  hash: Buffer;
}

export async function insertSeals(sql: Sql, seals: Seal[], at: Date): Promise<void> {
  await sql.query(
    `insert into app.audit_seals (seq, entry_id, hash, sealed_at)
     select seq, entry_id, hash, $4 from unnest($1::bigint[], $2::bigint[], $3::bytea[]) as n(seq, entry_id, hash)`,
    [seals.map(({ seq }) => seq), seals.map(({ entryId }) => entryId), seals.map(({ hash }) => hash), at],
  );
}

export interface Root {
  firstSeq: number;
  lastSeq: number;
  root: Buffer;
  head: Buffer;
  signature: Buffer;
  madeAt: Date;
}

interface RootRow {
  first_seq: string;
  last_seq: string;
  root: Buffer;
  head: Buffer;
  signature: Buffer;
  made_at: Date;
}

const rootOfRow = (row: RootRow): Root => ({
  firstSeq: Number(row.first_seq),
  lastSeq: Number(row.last_seq),
  root: row.root,
  head: row.head,
  signature: row.signature,
  madeAt: row.made_at,
});

/** All roots, the first one first. */
export async function roots(sql: Sql): Promise<Root[]> {
  const { rows } = await sql.query<RootRow>("select * from app.audit_roots order by last_seq");
  return rows.map(rootOfRow);
}

export async function insertRoot(sql: Sql, r: Root): Promise<void> {
  await sql.query(
    `insert into app.audit_roots (last_seq, first_seq, root, head, signature, made_at) values ($1, $2, $3, $4, $5, $6)`,
    [r.lastSeq, r.firstSeq, r.root, r.head, r.signature, r.madeAt],
  );
}

/** Hashes of a stretch of the chain, in order. */
export async function hashesOf(sql: Sql, firstSeq: number, lastSeq: number): Promise<Buffer[]> {
  const { rows } = await sql.query<{ hash: Buffer }>(
    "select hash from app.audit_seals where seq between $1 and $2 order by seq",
    [firstSeq, lastSeq],
  );
  return rows.map(({ hash }) => hash);
}

interface SealedEntry {
  seq: number;
  hash: Buffer;
  leaf: Buffer;
  nonce: Buffer;
  body: AuditBody;
}

interface EntryRow {
  seq: string;
  hash: Buffer;
  leaf: Buffer | null;
  nonce: Buffer | null;
  at: Date;
  actor_kind: AuditBody["actorKind"];
  actor_id: string | null;
  action: string;
  subject_id: string | null;
  request_id: string | null;
  detail: AuditBody["detail"];
}

/** An entry whose row is gone has no leaf. */
const entryOf = (row: EntryRow): SealedEntry | { seq: number; hash: Buffer; leaf: null } =>
  row.leaf === null || row.nonce === null
    ? { seq: Number(row.seq), hash: row.hash, leaf: null }
    : {
        ...{ seq: Number(row.seq), hash: row.hash, leaf: row.leaf, nonce: row.nonce },
        body: {
          ...{ at: row.at.toISOString(), actorKind: row.actor_kind, actorId: row.actor_id, action: row.action },
          ...{ subjectId: row.subject_id, requestId: row.request_id, detail: row.detail },
        },
      };

/** Sealed entries from `firstSeq` on, in order. @param subjectId only those that concern one member */
export async function sealedEntries(sql: Sql, firstSeq: number, limit: number, subjectId: string | null = null) {
  const { rows } = await sql.query<EntryRow>(
    `select s.seq, s.hash, e.leaf, e.nonce, e.at, e.actor_kind, e.actor_id, e.action, e.subject_id, e.request_id, e.detail
       from app.audit_seals s left join app.audit_entries e on e.id = s.entry_id
      where s.seq >= $1 and ($3::uuid is null or e.subject_id = $3) order by s.seq limit $2`,
    [firstSeq, limit, subjectId],
  );
  return rows.map(entryOf);
}

/** How many entries and seals there are, and the number of the last seal. */
export async function trailCounts(sql: Sql): Promise<{ entries: number; seals: number; lastSeq: number }> {
  const { rows } = await sql.query<{ entries: string; seals: string; last_seq: string }>(
    `select (select count(*) from app.audit_entries) as entries, (select count(*) from app.audit_seals) as seals,
            (select coalesce(max(seq), 0) from app.audit_seals) as last_seq`,
  );
  const [row] = rows;
  return { entries: Number(row?.entries ?? 0), seals: Number(row?.seals ?? 0), lastSeq: Number(row?.last_seq ?? 0) };
}

/** What a proof of one entry begins with. */
export interface SealedLeaf {
  seq: number;
  hash: Buffer;
  /** Null for an entry whose row is gone. */
  leaf: Buffer | null;
  subjectId: string | null;
}

/** Undefined for a number that is not sealed. */
export async function sealedLeaf(sql: Sql, seq: number): Promise<SealedLeaf | undefined> {
  const { rows } = await sql.query<{ hash: Buffer; leaf: Buffer | null; subject_id: string | null }>(
    `select s.hash, e.leaf, e.subject_id from app.audit_seals s left join app.audit_entries e on e.id = s.entry_id
      where s.seq = $1`,
    [seq],
  );
  const [row] = rows;
  return row && { seq, hash: row.hash, leaf: row.leaf, subjectId: row.subject_id };
}

/** The root whose stretch a number lies in; undefined after the last one. */
export async function rootOver(sql: Sql, seq: number): Promise<Root | undefined> {
  const { rows } = await sql.query<RootRow>(
    "select * from app.audit_roots where first_seq <= $1 and last_seq >= $1 order by last_seq limit 1",
    [seq],
  );
  return rows[0] && rootOfRow(rows[0]);
}
