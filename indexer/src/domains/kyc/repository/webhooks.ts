import type { Sql } from "../../../platform/db/pool.ts";

/** Remembers a webhook. @returns false if it came before */
export async function insertWebhook(sql: Sql, provider: string, eventId: string, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    "insert into app.kyc_webhooks (provider, event_id, at) values ($1, $2, $3) on conflict do nothing",
    [provider, eventId, at],
  );
  return rowCount === 1;
}

/** Forgets webhooks that are older than providers repeat themselves. @returns how many */
export async function pruneWebhooks(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.kyc_webhooks where at < $1", [before]);
  return rowCount ?? 0;
}
