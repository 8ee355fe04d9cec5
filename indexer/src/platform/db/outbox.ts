import type { Sql } from "./pool.ts";

const KEPT_DAYS = 7;

/** Marks up to `limit` events as relayed and returns them in order; the caller's transaction makes both true. */
export async function pendingEvents(sql: Sql, limit: number): Promise<object[]> {
  const { rows } = await sql.query<object>(
    `with next as (
       select id from ops.outbox where relayed_at is null order by id limit $1 for update skip locked
     )
     update ops.outbox o set relayed_at = now() from next where o.id = next.id
     returning o.id, o.event, o.retracted, o.block_number, o.block_hash, o.log_index, o.payload`,
    [limit],
  );
  return rows;
}

/** Drops relayed events that no reorganisation can retract any more. */
export async function pruneOutbox(sql: Sql): Promise<void> {
  await sql.query("delete from ops.outbox where relayed_at < now() - make_interval(days => $1)", [KEPT_DAYS]);
}
