import type { Pool } from "pg";
import { transaction } from "../pool.ts";

/**
 * Notes with a member how far the log is after it wrote, for whichever process reads for it next. The place is asked for
 * first: a volatile function in an update is refused where tables are spread. The note need not outlive a crash that
 * breaks the connection of every replica, so that nobody waits for the disk.
 */
export async function noteWrite(pool: Pool, memberId: string): Promise<void> {
  await transaction(pool, async (sql) => {
    // What is inserted, not what is flushed: whoever commits without waiting for the disk is covered, too.
    const { rows } = await sql.query<{ lsn: string }>("select pg_current_wal_insert_lsn()::text as lsn");
    await sql.query("set local synchronous_commit = off");
    await sql.query("update app.members set wrote_lsn = greatest(wrote_lsn, $2::pg_lsn) where id = $1", [
      memberId,
      rows[0]?.lsn,
    ]);
  });
}
