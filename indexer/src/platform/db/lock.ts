import pg from "pg";
import { FatalError } from "../errors.ts";
import type { Sql } from "./pool.ts";

/** Any constant: all processes must agree on it. */
const WRITER = 7_261_002;
const BUILDER = 7_261_003;

/** The right to write `chain.*`, as long as the connection lives. */
export interface WriterLock {
  isLost(): boolean;
  release(): Promise<void>;
}

/** A connection that keeps a lock as long as it lives. */
async function holder(url: string, name: string) {
  const client = new pg.Client({ connectionString: url, application_name: name, keepAlive: true });
  let lost = false;
  client.on("error", () => (lost = true));
  client.on("end", () => (lost = true));
  await client.connect();
  const lock: WriterLock = {
    isLost: () => lost,
    release: async () => {
      await client.end().catch(() => undefined);
    },
  };
  const isFree = async (key: number) => {
    const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [key]);
    return rows[0]?.got === true;
  };
  return { client, lock, isFree };
}

/**
 * Takes the writer's lock; waits while another process holds it.
 * @param url Direct connection: a transaction pooler gives a session's lock to somebody else.
 * @param waiting Called once if it has to wait.
 * @param until Ends the waiting, with an error.
 */
export async function writerLock(url: string, waiting: () => void, until?: AbortSignal): Promise<WriterLock> {
  const { client, lock, isFree } = await holder(url, "tburn-writer");
  if (!(await isFree(WRITER))) {
    waiting();
    const giveUp = () => void lock.release();
    until?.addEventListener("abort", giveUp);
    try {
      until?.throwIfAborted();
      await client.query("select pg_advisory_lock($1)", [WRITER]);
    } finally {
      until?.removeEventListener("abort", giveUp);
    }
  }
  return lock;
}

/**
 * The right to tell a mirror beside the one in force.
 * @param url Direct connection.
 * @throws {FatalError} `REDEPLOY_UNDER_WAY` if another process has it.
 */
export async function builderLock(url: string): Promise<WriterLock> {
  const { lock, isFree } = await holder(url, "tburn-builder");
  if (await isFree(BUILDER)) return lock;
  await lock.release();
  throw new FatalError("REDEPLOY_UNDER_WAY", "another redeploy is under way; wait for its end");
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
