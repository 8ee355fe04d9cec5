import type { Sql } from "../pool.ts";

/**
 * What everything of the mirror stands on: it differs after each commit that moved the checkpoint, also where a
 * reorganisation came back to the same block, and after a switch to another release's mirror at the same block.
 * @returns undefined before the first block
 */
export async function readStamp(sql: Sql): Promise<string | undefined> {
  // Who wrote the row last: no transaction writes it without changing that, and replicas copy it.
  const { rows } = await sql.query<{ stamp: string }>(
    "select concat_ws(' ', xmin, block_number, block_hash, version) as stamp from ops.checkpoint",
  );
  return rows[0]?.stamp;
}

/** Tables, beside those of the mirror itself, that never change without the stamp. */
const STAMPED = new Set(["ops.checkpoint", "ops.version_start"]);

/** Every schema but `chain` that this service has, and PostgreSQL's own; a test holds the list against the database. */
const STRANGE = /\b(app|ops|keyvault|public|boss|pg_catalog|information_schema)"?\s*\.\s*"?(\w+)/gi;

/** What answers differently without any commit of the follower. */
const MOODY =
  /\b(now|random|nextval|timeofday|current_setting|(clock|statement|transaction)_timestamp|gen_random_uuid|uuidv[47])\s*\(|\b(current_(date|time|timestamp|user|role)|session_user|localtime(stamp)?)\b/i;

/** Whether what a statement answers can change only together with the stamp. What nobody has thought of cannot. */
export function isStamped(statement: string): boolean {
  if (MOODY.test(statement)) return false;
  for (const [, schema, table] of statement.matchAll(STRANGE)) {
    if (!STAMPED.has(`${schema}.${table}`.toLowerCase())) return false;
  }
  return true;
}
