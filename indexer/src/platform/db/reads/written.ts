import type { Sql } from "../pool.ts";

/**
 * Notes with a member how far the log is after it wrote, for whichever process reads for it next. Two statements: a
 * volatile function in an update is refused where tables are spread. The note itself need not outlive a crash that
 * breaks the connection of every replica, so that nobody waits for the disk.
 */
export async function noteWrite(sql: Sql, memberId: string): Promise<void> {
  // Behind what is inserted, not what is flushed: whoever commits without waiting for the disk is covered, too.
  const { rows } = await sql.query<{ lsn: string }>("select pg_current_wal_insert_lsn()::text as lsn");
  await sql.query(
    `with hasty as (select set_config('synchronous_commit', 'off', true))
     update app.members set wrote_lsn = greatest(wrote_lsn, $2::pg_lsn) from hasty where id = $1`,
    [memberId, rows[0]?.lsn],
  );
}
