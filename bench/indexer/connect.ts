import pg from "pg";
import type { Ground } from "./contestants/contestant.ts";

async function connected(serverUrl: string, database: string): Promise<pg.Client> {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  // What breaks it, its next statement tells.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** A connection to a contestant's database. */
export const databaseOf = ({ serverUrl, databaseName }: Ground) => connected(serverUrl, databaseName);

/** The server's own version. */
export async function versionOf(serverUrl: string): Promise<string> {
  const sql = await connected(serverUrl, "postgres");
  const { rows } = await sql.query<{ server_version: string }>("show server_version");
  await sql.end();
  return rows[0]?.server_version ?? "unknown";
}
