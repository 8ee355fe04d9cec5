import type { Sql } from "../../platform/db/pool.ts";

/** Lets jobs begin now that wait for a moment before `until`; for clocks that tests move. */
export async function hasten(sql: Sql, until: Date): Promise<void> {
  await sql.query(
    "update boss.job set start_after = now() where state = 'created' and start_after > now() and start_after <= $1",
    [until],
  );
}
