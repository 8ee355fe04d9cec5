import type { Sql } from "../../../platform/db/pool.ts";

export interface Export {
  memberId: string;
  id: string;
  state: "waiting" | "ready" | "fetched" | "ended";
  recipient: string;
  requestedAt: Date;
  readyAt: Date | null;
  endsAt: Date;
  /** Bytes of the encrypted archive. */
  size: number | null;
  sha256: Buffer | null;
}

const columns = `member_id as "memberId", id, state, recipient, requested_at as "requestedAt", ready_at as "readyAt",
  ends_at as "endsAt", size, sha256`;
const isOpen = "state in ('waiting', 'ready')";

/** @returns false if one is open already */
export async function insertExport(
  sql: Sql,
  e: Pick<Export, "memberId" | "id" | "recipient" | "requestedAt" | "endsAt">,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.exports (member_id, id, state, recipient, requested_at, ends_at)
     values ($1, $2, 'waiting', $3, $4, $5) on conflict do nothing`,
    [e.memberId, e.id, e.recipient, e.requestedAt, e.endsAt],
  );
  return rowCount === 1;
}

/** The open one, else the one that was asked for last. */
export async function newestExport(sql: Sql, memberId: string): Promise<Export | undefined> {
  const { rows } = await sql.query<Export>(
    `select ${columns} from app.exports where member_id = $1 order by (${isOpen}) desc, requested_at desc limit 1`,
    [memberId],
  );
  return rows[0];
}

export async function waitingExport(sql: Sql, memberId: string, id: string): Promise<Export | undefined> {
  const { rows } = await sql.query<Export>(
    `select ${columns} from app.exports where member_id = $1 and id = $2 and state = 'waiting'`,
    [memberId, id],
  );
  return rows[0];
}

/** @returns false if it does not wait any more */
export async function putArchive(
  sql: Sql,
  { memberId, id }: Export,
  made: { archive: Buffer; sha256: Buffer; at: Date; endsAt: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.exports set state = 'ready', archive = $3, size = $4, sha256 = $5, ready_at = $6, ends_at = $7
      where member_id = $1 and id = $2 and state = 'waiting'`,
    [memberId, id, made.archive, made.archive.length, made.sha256, made.at, made.endsAt],
  );
  return rowCount === 1;
}

/** Locks an archive that can be fetched, to the end of the transaction. */
export async function lockArchive(sql: Sql, memberId: string, id: string, now: Date): Promise<Buffer | undefined> {
  const { rows } = await sql.query<{ archive: Buffer }>(
    `select archive from app.exports where member_id = $1 and id = $2 and state = 'ready' and ends_at > $3 for update`,
    [memberId, id, now],
  );
  return rows[0]?.archive;
}

export async function endExport(sql: Sql, memberId: string, id: string, state: "fetched" | "ended"): Promise<void> {
  await sql.query("update app.exports set state = $3, archive = null where member_id = $1 and id = $2", [
    ...[memberId, id, state],
  ]);
}

/** @returns whether one was open */
export async function endOpenExport(sql: Sql, memberId: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.exports set state = 'ended', archive = null where member_id = $1 and ${isOpen}`,
    [memberId],
  );
  return rowCount === 1;
}

/** Ends those whose time is over. @returns how many */
export async function endOverdue(sql: Sql, now: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `update app.exports set state = 'ended', archive = null where ends_at <= $1 and ${isOpen}`,
    [now],
  );
  return rowCount ?? 0;
}

export async function forgetExports(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.exports where member_id = $1", [memberId]);
}
