import pg from "pg";
import { migrate } from "../indexer/src/platform/db/migrate.ts";

/** Makes a database with the newest schema. @returns its address */
export async function freshDatabase(server: string, name: string, which: "main" | "keyvault"): Promise<string> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href, which);
  return url.href;
}
