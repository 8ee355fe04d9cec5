import pg from "pg";
import { migrate } from "../indexer/src/platform/db/migrate.ts";
import { installQueue } from "../indexer/src/platform/jobs.ts";
import { asRole } from "../scripts/local/postgres.ts";

/** Makes a database with the newest schema. @returns its address for its owner, and for the role that serves */
export async function freshDatabase(
  server: string,
  name: string,
  which: "main" | "keyvault",
): Promise<{ ownerUrl: string; url: string }> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  await migrate(url.href, which);
  if (which === "main") await installQueue(url.href);
  return { ownerUrl: url.href, url: asRole(url.href, which === "main" ? "tburn_app" : "tburn_vault") };
}
