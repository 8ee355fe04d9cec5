import pg from "pg";

/** What asks and writes: a pool, a client inside a transaction, or a snapshot. */
export interface Sql {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

/** A pool; with `timeoutMs` it gives up on a server that does not answer. */
export function openPool(url: string, options: { max?: number; timeoutMs?: number; name?: string } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? "tburn-indexer",
    // The client gives up a little later than the server, and a broken server cannot hold a request for ever.
    ...(options.timeoutMs ? { query_timeout: options.timeoutMs + 1_000, connectionTimeoutMillis: 5_000 } : {}),
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", ignore);
  return pool;
}

const ignore = () => undefined;

/** Runs `work` in one transaction: all of it stands, or none. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    // A broken connection cannot roll back; dropping it does the same.
    await client.query("rollback").catch(ignore);
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}

/** Takes a lock that lasts to the end of the transaction; false if somebody holds it. */
export async function tryLock(sql: Sql, lock: number): Promise<boolean> {
  const { rows } = await sql.query<{ got: boolean }>("select pg_try_advisory_xact_lock($1) as got", [lock]);
  return rows[0]?.got === true;
}
