import pg from "pg";
import type { Sql } from "./pool.ts";

/** Any constant: all processes must agree on it. */
const WRITER = 7_261_002;

/** The right to write `chain.*`, as long as the connection lives. */
export interface WriterLock {
  isLost(): boolean;
  release(): Promise<void>;
}

/**
 * Takes the writer's lock; waits while another process holds it.
 * @param url Direct connection: a transaction pooler gives a session's lock to somebody else.
 * @param waiting Called once if it has to wait.
 */
export async function writerLock(url: string, waiting: () => void): Promise<WriterLock> {
  const client = new pg.Client({ connectionString: url, application_name: "tburn-writer", keepAlive: true });
  let lost = false;
  client.on("error", () => (lost = true));
  client.on("end", () => (lost = true));
  await client.connect();
  const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [WRITER]);
  if (!rows[0]?.got) {
    waiting();
    await client.query("select pg_advisory_lock($1)", [WRITER]);
  }
  return {
    isLost: () => lost,
    release: async () => {
      await client.end().catch(() => undefined);
    },
  };
}

/**
 * Holds a member to the end of the transaction, so that nobody else decides about it meanwhile.
 * @returns whether it is there, and was not erased
 */
export async function lockMember(sql: Sql, memberId: string): Promise<boolean> {
  const { rows } = await sql.query<{ here: boolean }>(
    "select erased_at is null as here from app.members where id = $1 for update",
    [memberId],
  );
  return rows[0]?.here === true;
}
