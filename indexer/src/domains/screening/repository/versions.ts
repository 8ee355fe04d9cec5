import type { Sql } from "../../../platform/db/pool.ts";
import type { ListEntry } from "../lists/entry.ts";
import type { Format } from "../lists/open.ts";

type VersionState = "staged" | "held" | "in_force" | "replaced" | "refused";

/** One file of a list, as it was loaded. */
export interface Version {
  id: string;
  list: string;
  format: Format;
  sha256: Buffer;
  entryCount: number;
  entriesBefore: number;
  state: VersionState;
  loadedAt: Date;
  inForceAt: Date | null;
  comparedAt: Date | null;
  approvalId: string | null;
}

const columns = `id, list, format, sha256, entry_count as "entryCount", entries_before as "entriesBefore", state,
  loaded_at as "loadedAt", in_force_at as "inForceAt", compared_at as "comparedAt", approval_id as "approvalId"`;

/** Keeps two loads of one list apart, to the end of the transaction. */
export async function lockList(sql: Sql, list: string): Promise<void> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended('screening list ' || $1, 0))", [list]);
}

export async function insertVersion(
  sql: Sql,
  version: Pick<Version, "id" | "list" | "format" | "loadedAt">,
): Promise<void> {
  await sql.query(
    `insert into app.screening_versions (id, list, format, sha256, entry_count, entries_before, state, loaded_at)
     values ($1, $2, $3, '', 0, 0, 'staged', $4)`,
    [version.id, version.list, version.format, version.loadedAt],
  );
}

export async function saveVersion(sql: Sql, one: Version): Promise<void> {
  await sql.query(
    `update app.screening_versions set sha256 = $2, entry_count = $3, entries_before = $4, state = $5, in_force_at = $6,
       compared_at = $7, approval_id = $8 where id = $1`,
    [
      ...[one.id, one.sha256, one.entryCount, one.entriesBefore, one.state, one.inForceAt, one.comparedAt],
      one.approvalId,
    ],
  );
}

/** The version that counts, of each list. */
export async function versionsInForce(sql: Sql): Promise<Version[]> {
  const { rows } = await sql.query<Version>(
    `select ${columns} from app.screening_versions where state = 'in_force' order by list`,
  );
  return rows;
}

/** A version, locked to the end of the transaction. */
export async function lockVersion(sql: Sql, id: string): Promise<Version | undefined> {
  const { rows } = await sql.query<Version>(`select ${columns} from app.screening_versions where id = $1 for update`, [
    id,
  ]);
  return rows[0];
}

/** Versions of all lists, the newest first. */
export async function listVersions(sql: Sql, limit: number): Promise<Version[]> {
  const { rows } = await sql.query<Version>(
    `select ${columns} from app.screening_versions order by loaded_at desc, id limit $1`,
    [limit],
  );
  return rows;
}

export interface StoredEntry {
  entry: ListEntry;
  digest: Buffer;
}

export async function insertEntries(sql: Sql, versionId: string, entries: StoredEntry[]): Promise<void> {
  const rows = entries.map(({ entry, digest }) => ({ entry_id: entry.id, digest: digest.toString("hex"), entry }));
  await sql.query(
    `insert into app.screening_entries (version_id, entry_id, digest, entry, is_changed)
     select $1, entry_id, decode(digest, 'hex'), entry, true
       from jsonb_to_recordset($2::jsonb) as n(entry_id text, digest text, entry jsonb)`,
    [versionId, JSON.stringify(rows)],
  );
  await sql.query(
    `insert into app.screening_wallets (address, version_id, entry_id)
     select jsonb_array_elements_text(entry->'wallets'), $1, entry_id
       from jsonb_to_recordset($2::jsonb) as n(entry_id text, entry jsonb)`,
    [versionId, JSON.stringify(rows)],
  );
}

/**
 * Tells apart what a version says anew. What the one before had changed, and nobody has been compared with yet, counts
 * as new once more.
 */
export async function markUnchanged(sql: Sql, versionId: string, before: Version): Promise<void> {
  await sql.query(
    `update app.screening_entries n set is_changed = false from app.screening_entries o
      where n.version_id = $1 and o.version_id = $2 and o.entry_id = n.entry_id and o.digest = n.digest
        and (not o.is_changed or $3)`,
    [versionId, before.id, before.comparedAt !== null],
  );
}

/** Gives up versions that wait for officers and are older than one that comes into force. */
export async function refuseHeldBefore(sql: Sql, { list, loadedAt }: Version): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    `update app.screening_versions set state = 'refused' where list = $1 and state = 'held' and loaded_at < $2 returning id`,
    [list, loadedAt],
  );
  for (const { id } of rows) await dropEntries(sql, id);
}

/** Forgets the entries of a version that counts no more; that it was there stays. */
export async function dropEntries(sql: Sql, versionId: string): Promise<void> {
  await sql.query("delete from app.screening_wallets where version_id = $1", [versionId]);
  await sql.query("delete from app.screening_entries where version_id = $1", [versionId]);
}

/** Entries of a version in the order of their ids, after one of them. */
export async function entriesAfter(
  sql: Sql,
  versionId: string,
  after: string,
  limit: number,
): Promise<(StoredEntry & { isChanged: boolean })[]> {
  const { rows } = await sql.query<StoredEntry & { isChanged: boolean }>(
    `select entry, digest, is_changed as "isChanged" from app.screening_entries
      where version_id = $1 and entry_id > $2 order by entry_id limit $3`,
    [versionId, after, limit],
  );
  return rows;
}
