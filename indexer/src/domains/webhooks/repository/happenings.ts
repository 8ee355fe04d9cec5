import type { Sql } from "../../../platform/db/pool.ts";
import type { Happening } from "./deliveries.ts";
import type { Endpoint } from "./endpoints.ts";

/** What was told of a member off the chain from `since` on, oldest first. */
export async function memberHappenings(
  sql: Sql,
  { memberId, events }: Pick<Endpoint, "memberId" | "events">,
  since: Date,
): Promise<{ id: string; event: string; detail: Record<string, unknown>; at: Date }[]> {
  const { rows } = await sql.query<{ id: string; event: string; detail: Record<string, unknown>; at: Date }>(
    "select id, event, detail, at from app.events where member_id = $1 and at >= $2 and event = any($3) order by id",
    [memberId, since, events],
  );
  return rows;
}

/** What the chain tells of a member in blocks that nothing takes back, after `chainBlock`. */
export async function chainHappenings(
  sql: Sql,
  { memberId, events, chainBlock }: Pick<Endpoint, "memberId" | "events" | "chainBlock">,
): Promise<{ finalBlock: number; happenings: Happening[] }> {
  const { rows: at } = await sql.query<{ final: number }>(
    "select coalesce(max(final_block), 0)::integer as final from ops.checkpoint",
  );
  const finalBlock = at[0]?.final ?? 0;
  const { rows } = await sql.query<{ event: string; key: string; data: Record<string, unknown>; at: Date }>(
    `select a.event, 'chain:' || a.block_number || ':' || a.log_index as key, to_timestamp(a.block_time) as at,
            jsonb_build_object('blockNumber', a.block_number, 'logIndex', a.log_index, 'transactionHash', a.tx_hash,
                               'memberNo', a.member_no, 'validatorId', a.validator_id) as data
       from app.member_wallets w join chain.members m on m.owner = w.address
       join chain.activity a on a.member_no = m.member_no
      where w.member_id = $1 and a.block_number > $2 and a.block_number <= $3 and a.event = any($4)
      order by a.block_number, a.log_index`,
    [memberId, chainBlock, finalBlock, events],
  );
  return { finalBlock, happenings: rows };
}
