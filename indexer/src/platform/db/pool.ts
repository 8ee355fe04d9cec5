import pg from "pg";
import { currentScope, type Scope } from "../access/scope.ts";

/** What asks and writes: a pool, a client inside a transaction, or a snapshot. */
export interface Sql {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

/** A pool; with `timeoutMs` it gives up on a server that does not answer. Each statement sees what its asker may see. */
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
  const plainly = pool.query.bind(pool) as Sql["query"];
  pool.query = ((text: string, values?: unknown[]) =>
    currentScope() ? alone(pool, text, values) : plainly(text, values)) as typeof pool.query;
  return pool;
}

const ignore = () => undefined;

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/**
 * Tells the database who asks, to the end of the transaction: through a pooler a setting must not outlive it. The words
 * are our own and an id that is checked, so that it needs no round trip of its own beside `begin`.
 */
function telling(scope: Scope | undefined): string {
  const memberId = scope?.memberId ?? "";
  if (memberId !== "" && !isId(memberId)) throw new Error("a member's id is not one");
  return `select set_config('app.scope', '${scope?.kind ?? ""}', true), set_config('app.member_id', '${memberId}', true)`;
}

/** A client inside a transaction: each statement sees what its asker may see, one at a time, in the order they came. */
export class Walled implements Sql {
  readonly #client: pg.PoolClient;
  #told: Scope | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  private constructor(client: pg.PoolClient, told: Scope | undefined) {
    this.#client = client;
    this.#told = told;
  }

  /** Begins a transaction. @param begin One or more statements that begin it. */
  static async begin(client: pg.PoolClient, begin = "begin"): Promise<Walled> {
    const scope = currentScope();
    await client.query(scope ? `${begin}; ${telling(scope)}` : begin);
    return new Walled(client, scope);
  }

  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>> {
    const scope = currentScope();
    const answer = this.#last.then(() => this.#ask<R>(scope, text, values));
    this.#last = answer.catch(ignore);
    return answer;
  }

  async #ask<R extends pg.QueryResultRow>(scope: Scope | undefined, text: string, values?: unknown[]) {
    // What waited behind a statement that failed must not run on its own.
    if (this.#isOver) throw new Error("the transaction is over");
    if (scope !== this.#told) {
      await this.#client.query(telling(scope));
      this.#told = scope;
    }
    return this.#client.query<R>(text, values);
  }

  /** Waits for what was asked, and ends the transaction. */
  async end(): Promise<void> {
    await this.#last;
    this.#isOver = true;
    await this.#client.query("commit");
  }

  /** Undoes everything. @throws if the connection is broken; dropping it does the same */
  async undo(): Promise<void> {
    this.#isOver = true;
    await this.#last;
    await this.#client.query("rollback");
  }
}

/** @param isKept Whether the connection goes on after a failure, if it is not broken. */
async function inTransaction<T>(pool: pg.Pool, isKept: boolean, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let sql: Walled | undefined;
  try {
    sql = await Walled.begin(client);
    const result = await work(sql);
    await sql.end();
    client.release();
    return result;
  } catch (error) {
    const isWhole = await sql?.undo().then(
      () => true,
      () => false,
    );
    client.release(!(isKept && isWhole));
    throw error;
  }
}

/** Runs `work` in one transaction: all of it stands, or none. */
export const transaction = <T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> =>
  inTransaction(pool, false, work);

/** One statement of a known asker, in a transaction of its own; refused, it leaves the connection as good as it was. */
const alone = (pool: pg.Pool, text: string, values?: unknown[]) =>
  inTransaction(pool, true, (sql) => sql.query(text, values));

/** Takes a lock that lasts to the end of the transaction; false if somebody holds it. */
export async function tryLock(sql: Sql, lock: number): Promise<boolean> {
  const { rows } = await sql.query<{ got: boolean }>("select pg_try_advisory_xact_lock($1) as got", [lock]);
  return rows[0]?.got === true;
}

/** Whether row-level security binds the role that asks: a superuser, and whoever may bypass it, sees every row. */
export async function isWalled(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ walled: boolean }>(
    "select not (rolsuper or rolbypassrls) as walled from pg_roles where rolname = current_user",
  );
  return rows[0]?.walled === true;
}
