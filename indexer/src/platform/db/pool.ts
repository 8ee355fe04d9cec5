import pg from "pg";
import { currentScope, type Scope } from "../access/scope.ts";
import { clientWith } from "./load/client.ts";
import { copyIn } from "./load/copy.ts";
import { Plans } from "./load/plans.ts";

/** What asks and writes: a pool, a client inside a transaction, or a snapshot. */
export interface Sql {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

/** What writes in bulk, too. */
export interface Transaction extends Sql {
  /** Sends chunks into a `copy … from stdin`. Danger: it must end before another statement leaves. */
  copy(statement: string, chunks: Buffer[]): Promise<void>;
}

/**
 * A pool; with `timeoutMs` it gives up on a server that does not answer, with `plans` it keeps plans of what is asked
 * often. Each statement sees what its asker may see.
 */
export function openPool(
  url: string,
  options: { max?: number; timeoutMs?: number; connectMs?: number; name?: string; plans?: boolean } = {},
): pg.Pool {
  const pool = new pg.Pool({
    Client: clientWith(options.plans ? new Plans() : undefined),
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? "tburn-indexer",
    // Statements leave without waiting for the answer to the one before.
    pipeline: true,
    // The client gives up a little later than the server, and a broken server cannot hold a request for ever.
    ...(options.timeoutMs
      ? { query_timeout: options.timeoutMs + 1_000, connectionTimeoutMillis: options.connectMs ?? 5_000 }
      : {}),
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on("error", ignore);
  // So would one that breaks under a transaction, which its next statement tells: the pool does not listen to it then.
  pool.on("connect", (client) => client.on("error", ignore));
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

/** What could still be on its way when nobody looks at it any more. */
const unwatched = <T>(answer: Promise<T>): Promise<T> => {
  answer.catch(ignore);
  return answer;
};

/**
 * A client inside a transaction: each statement sees what its asker may see. Statements leave at once and are answered in
 * the order they came; one that fails fails those behind it.
 */
export class Walled implements Transaction {
  readonly #client: pg.PoolClient;
  /** That the transaction has begun. */
  readonly begun: Promise<unknown>;
  #told: Scope | undefined;
  #isOver = false;

  /** Begins a transaction. @param begin One or more statements that begin it. */
  constructor(client: pg.PoolClient, begin = "begin") {
    this.#client = client;
    this.#told = currentScope();
    this.begun = unwatched(client.query(this.#told ? `${begin}; ${telling(this.#told)}` : begin));
  }

  /** Danger: a statement that writes must not leave before `begun`; if that fails, it would stand alone. */
  async query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>> {
    if (this.#isOver) throw new Error("the transaction is over");
    const scope = currentScope();
    const told = scope === this.#told ? this.begun : unwatched(this.#client.query(telling(scope)));
    this.#told = scope;
    const answer = unwatched(this.#client.query<R>(text, values));
    await told;
    return answer;
  }

  async copy(statement: string, chunks: Buffer[]): Promise<void> {
    if (this.#isOver) throw new Error("the transaction is over");
    await this.begun;
    await copyIn(this.#client, statement, chunks);
  }

  /** Ends the transaction behind what was asked. @returns whether it stands: not if a statement of it has failed */
  async end(): Promise<boolean> {
    this.#isOver = true;
    return (await this.#client.query("commit")).command === "COMMIT";
  }

  /** Undoes everything. @returns whether the connection is good for more */
  undo(): Promise<boolean> {
    this.#isOver = true;
    return this.#client.query("rollback").then(
      () => true,
      () => false,
    );
  }
}

/** Runs `work` in one transaction: all of it stands, or none. */
export async function transaction<T>(pool: pg.Pool, work: (sql: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const sql = new Walled(client);
  try {
    await sql.begun;
    const result = await work(sql);
    if (!(await sql.end())) throw new Error("the transaction was undone: a statement of it had failed");
    client.release();
    return result;
  } catch (error) {
    client.release(!(await sql.undo()));
    throw error;
  }
}

/** One statement of a known asker, in a transaction of its own, sent with it in one go. */
async function alone(pool: pg.Pool, text: string, values?: unknown[]): Promise<pg.QueryResult> {
  const client = await pool.connect();
  const sql = new Walled(client);
  const answer = unwatched(sql.query(text, values));
  try {
    await sql.end();
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  return answer;
}

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
