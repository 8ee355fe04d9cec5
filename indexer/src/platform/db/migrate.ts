import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { FatalError } from "../errors.ts";

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

/**
 * Brings the database to the newest schema, forward only, one process at a time.
 * @param url Direct connection: an advisory lock does not survive a transaction pooler.
 * @param database Which of our databases `url` leads to.
 * @returns names of the migrations applied now.
 * @throws {FatalError} if the database knows a migration that this build does not.
 */
export async function migrate(url: string, database: keyof typeof folders = "main"): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    // A migration that waits for a busy table would make everybody behind it wait, too.
    await client.query("set lock_timeout = '5s'");
    await client.query("create schema if not exists ops");
    await client.query(
      "create table if not exists ops.migrations (name text primary key, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string }>("select name from ops.migrations");
    const applied = new Set(rows.map((row) => row.name));
    const known = migrations(folders[database]);
    const strange = [...applied].filter((name) => !known.includes(name));
    if (strange.length > 0) {
      throw new FatalError(
        "SCHEMA_NEWER",
        `the database is newer than this build (${strange.join(", ")}); run the newer build`,
      );
    }
    const pending = known.filter((name) => !applied.has(name));
    for (const name of pending) {
      await client.query("begin");
      await client.query(readFileSync(join(folders[database], name), "utf8"));
      await client.query("insert into ops.migrations (name) values ($1)", [name]);
      await client.query("commit");
    }
    return pending;
  } finally {
    await client.end();
  }
}
