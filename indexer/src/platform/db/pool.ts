import pg from "pg";

export type Sql = pg.Pool | pg.PoolClient;

/** A pool whose statements end by themselves after `timeoutMs`. */
export function openPool(url: string, options: { max?: number; timeoutMs?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    statement_timeout: options.timeoutMs ?? 0,
    application_name: "tburn-indexer",
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", () => undefined);
  return pool;
}

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
    await client.query("rollback").catch(() => undefined);
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}
