import type { Sql } from "../../../platform/db/pool.ts";
import type { Seen } from "../rules.ts";
import type { TxIntent } from "./intents.ts";

/**
 * The first event after an intent's preparation that tells of its act and confirms no other intent of the member: in the
 * transaction that its owner named, or in any if none was named.
 */
export async function actOf(sql: Sql, i: TxIntent): Promise<Seen | undefined> {
  const { rows } = await sql.query<{ block: string; hash: string; logIndex: number; tx: string; final: boolean }>(
    `select a.block_number as block, b.hash, a.log_index as "logIndex", a.tx_hash as tx,
            a.block_number <= c.final_block as final
       from chain.activity a join chain.blocks b on b.number = a.block_number cross join ops.checkpoint c
      where a.block_number > $1 and a.event = $2 and a.args @> $3::jsonb and ($4::bigint is null or a.member_no = $4)
        and ($5::text is null or a.tx_hash = $5)
        and not exists (select 1 from app.tx_intents o where o.member_id = $6 and o.id <> $7
                          and o.block_number = a.block_number and o.log_index = a.log_index)
      order by a.block_number, a.log_index limit 1`,
    [
      ...[i.fromBlock, i.expected.event, JSON.stringify(i.expected.args), i.expected.memberNo],
      ...[i.submittedAt === null ? null : i.txHash, i.memberId, i.id],
    ],
  );
  const [row] = rows;
  return row && { ...row, block: Number(row.block), isFinal: row.final };
}
