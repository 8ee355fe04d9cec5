import type { Env } from "../env.ts";
import { isOwner, migrate } from "../platform/db/migrate.ts";
import { openPool } from "../platform/db/pool.ts";
import { installQueue } from "../platform/jobs.ts";

/**
 * Brings both databases, and the queue in one of them, to what this build needs. Where the environment names nobody who
 * owns them, it only looks whether they are.
 * @returns names of the migrations applied now
 * @throws {FatalError} as `migrate`
 */
export async function migrateAll({
  databaseOwnerUrl,
  people,
}: Env): Promise<{ applied: string[]; keyvault: string[] }> {
  const applied = await migrate(databaseOwnerUrl);
  const pool = openPool(databaseOwnerUrl, { max: 1 });
  const mayChange = await isOwner(pool).finally(() => pool.end());
  if (mayChange) await installQueue(databaseOwnerUrl);
  return { applied, keyvault: people ? await migrate(people.keyvaultOwnerUrl, "keyvault") : [] };
}
