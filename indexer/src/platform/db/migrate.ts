import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { FatalError } from "../errors.ts";
import type { Sql } from "./pool.ts";

const folder = join(import.meta.dirname, "../../../migrations");
/** Any constant: all processes must agree on it. */
const LOCK = 7_261_001;

/** Databases of ours, and where their migrations lie: members' keys stand apart from what they open. */
const folders = { main: folder, keyvault: join(folder, "keyvault") };

/** Plain SQL files in their order. */
const migrations = (of: string) =>
  readdirSync(of)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort();

/** Whether whoever signs in may change the schema; the role that serves may not. */
export async function isOwner(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ may: boolean }>(
    "select has_database_privilege(current_database(), 'create') as may",
  );
  return rows[0]?.may === true;
}

async function begin(sql: Sql): Promise<void> {
  await sql.query("create schema if not exists ops");
  await sql.query(
    "create table if not exists ops.migrations (name text primary key, applied_at timestamptz not null default now())",
  );
}

async function appliedTo(sql: Sql): Promise<string[]> {
  const { rows: found } = await sql.query<{ is: boolean }>("select to_regclass('ops.migrations') is not null as is");
  if (!found[0]?.is) return [];
  const { rows } = await sql.query<{ name: string }>("select name from ops.migrations");
  return rows.map(({ name }) => name);
}

/**
 * Brings the database to the newest schema, forward only, one process at a time.
 * @param url Direct connection of the owner: an advisory lock does not survive a transaction pooler.
 * @param database Which of our databases `url` leads to.
 * @returns names of the migrations applied now.
 * @throws {FatalError} SCHEMA_NEWER if the database knows a migration that this build does not; SCHEMA_OLDER if it lacks
 * one, and `url` is of somebody who may not change it
 */
export async function migrate(url: string, database: keyof typeof folders = "main"): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const mayChange = await isOwner(client);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    // A migration that waits for a busy table would make everybody behind it wait, too.
    await client.query("set lock_timeout = '5s'");
    if (mayChange) await begin(client);
    const applied = new Set(await appliedTo(client));
    const known = migrations(folders[database]);
    const strange = [...applied].filter((name) => !known.includes(name));
    if (strange.length > 0) {
      throw new FatalError(
        "SCHEMA_NEWER",
        `the database is newer than this build (${strange.join(", ")}); run the newer build`,
      );
    }
    const pending = known.filter((name) => !applied.has(name));
    if (!mayChange && pending.length > 0) {
      const words = `the database lacks ${pending.join(", ")}, and whoever serves owns nothing of it`;
      throw new FatalError("SCHEMA_OLDER", `${words}; run \`npm run indexer -- migrate\` as its owner`);
    }
    for (const name of pending) {
      // The owner is walled in like everybody, and a migration concerns everybody's rows.
      await client.query("begin; select set_config('app.scope', 'system', true)");
      await client.query(readFileSync(join(folders[database], name), "utf8"));
      await client.query("insert into ops.migrations (name) values ($1)", [name]);
      await client.query("commit");
    }
    return pending;
  } finally {
    await client.end();
  }
}
