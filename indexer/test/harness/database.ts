import pg from "pg";
import { asRole } from "../../../scripts/local/postgres.ts";
import { migrate } from "../../src/platform/db/migrate.ts";
import { openPool } from "../../src/platform/db/pool.ts";
import { installQueue } from "../../src/platform/jobs.ts";

let made = 0;

/** No connection stays: a drill may end the server meanwhile. */
async function administer(server: string, ...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
}

/** An empty database with the newest schema; `drop` it. */
export async function freshDatabase(
  server: string,
  name = `t${process.pid}_${++made}`,
  which: "main" | "keyvault" = "main",
) {
  await administer(server, `drop database if exists ${name} with (force)`, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href, which);
  if (which === "main") await installQueue(url.href);
  const pool = openPool(url.href, { max: 4 });
  return {
    /** As the server signs in: it owns nothing. */
    url: asRole(url.href, which === "main" ? "tburn_app" : "tburn_vault"),
    ownerUrl: url.href,
    /** Of the owner, who sees everybody's rows. */
    pool,
    drop: async () => {
      await pool.end();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof freshDatabase>>;

/** Every row of every table, jobs and dead letters among them, as text; bytes are hex digits. */
export async function everything(pool: TestDatabase["pool"]): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { name } of rows) {
    const { rows: all } = await pool.query<{ text: string }>(`select t::text as text from ${name} t`);
    parts.push(...all.map(({ text }) => text));
  }
  return parts.join("\n");
}
