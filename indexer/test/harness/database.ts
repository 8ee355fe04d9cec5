import pg from "pg";
import { asRole } from "../../../scripts/local/postgres.ts";
import { migrate } from "../../src/platform/db/migrate.ts";
import { openPool } from "../../src/platform/db/pool.ts";
import { installQueue } from "../../src/platform/jobs.ts";

let made = 0;

type Which = "main" | "keyvault";

/** No connection stays: a drill may end the server meanwhile. */
async function administered<T>(server: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

const dropped = (name: string) => `drop database if exists ${name} with (force)`;

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Any constant: whoever makes the first database of a server makes what all others are copied from. */
const MAKING = 7_261_099;

/** The database from which others are copied: all migrations would take longer than most tests. */
async function templateOf(admin: pg.Client, server: string, which: Which): Promise<string> {
  const name = `template_${which}`;
  await admin.query("select pg_advisory_lock($1)", [MAKING]);
  try {
    const { rowCount } = await admin.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount) return name;
    const unfinished = `${name}_unfinished`;
    await admin.query(dropped(unfinished));
    await admin.query(`create database ${unfinished}`);
    await migrate(urlOf(server, unfinished), which);
    if (which === "main") await installQueue(urlOf(server, unfinished));
    await admin.query(`alter database ${unfinished} rename to ${name}`);
    return name;
  } finally {
    await admin.query("select pg_advisory_unlock($1)", [MAKING]);
  }
}

/** An empty database with the newest schema; `drop` it. */
export async function freshDatabase(server: string, name = `t${process.pid}_${++made}`, which: Which = "main") {
  await administered(server, async (admin) => {
    const template = await templateOf(admin, server, which);
    await admin.query(dropped(name));
    await admin.query(`create database ${name} template ${template}`);
    // Rights to a database itself are not copied; these are of its migration 2.
    if (which === "keyvault") {
      await admin.query(`revoke connect on database ${name} from public`);
      await admin.query(`grant connect on database ${name} to tburn_vault`);
    }
  });
  const url = urlOf(server, name);
  const pool = openPool(url, { max: 4 });
  return {
    /** As the server signs in: it owns nothing. */
    url: asRole(url, which === "main" ? "tburn_app" : "tburn_vault"),
    ownerUrl: url,
    /** Of the owner, who sees everybody's rows. */
    pool,
    drop: async () => {
      await pool.end();
      await administered(server, (admin) => admin.query(dropped(name)));
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
