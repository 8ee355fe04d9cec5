import type { Sql } from "../../platform/db/pool.ts";

/** A block as `chain.blocks` tells it. */
export interface MirroredBlock {
  number: number;
  hash: string;
  logCount: number;
}

export async function mirroredBlocks(sql: Sql, from: number, to: number): Promise<MirroredBlock[]> {
  const { rows } = await sql.query<{ number: string; hash: string; log_count: number }>(
    "select number, hash, log_count from chain.blocks where number between $1 and $2 order by number",
    [from, to],
  );
  return rows.map((row) => ({ number: Number(row.number), hash: row.hash, logCount: row.log_count }));
}

/** An event as `chain.activity` tells it. */
export interface MirroredEvent {
  blockNumber: number;
  logIndex: number;
  event: string;
  txHash: string;
  args: Record<string, unknown>;
}

export async function mirroredEvents(sql: Sql, from: number, to: number): Promise<MirroredEvent[]> {
  const { rows } = await sql.query<{
    block_number: string;
    log_index: number;
    event: string;
    tx_hash: string;
    args: Record<string, unknown>;
  }>(
    `select block_number, log_index, event, tx_hash, args from chain.activity
      where block_number between $1 and $2 order by block_number, log_index`,
    [from, to],
  );
  return rows.map((row) => ({
    blockNumber: Number(row.block_number),
    logIndex: row.log_index,
    event: row.event,
    txHash: row.tx_hash,
    args: row.args,
  }));
}
