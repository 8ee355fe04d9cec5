import type { Pool } from "pg";
import type { Env } from "../../env.ts";
import { acrossMembers } from "../../platform/access/scope.ts";
import { openPool } from "../../platform/db/pool.ts";
import { migrateAll } from "../migrate.ts";

/** Works on the environment's database, at its newest schema, as a process of ours that sees every row. */
export const withPool = <T>(env: Env, work: (pool: Pool) => Promise<T>): Promise<T> =>
  working(env, env.databaseDirectUrl, work);

/** The same, as the owner, who alone makes schemas. */
export const withOwner = <T>(env: Env, work: (pool: Pool) => Promise<T>): Promise<T> =>
  working(env, env.databaseOwnerUrl, work);

async function working<T>(env: Env, url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  await migrateAll(env);
  const pool = openPool(url, { max: 4 });
  try {
    return await acrossMembers(() => work(pool));
  } finally {
    await pool.end();
  }
}
