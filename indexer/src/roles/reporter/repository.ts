import type { Hex } from "viem";
import type { Sql } from "../../platform/db/pool.ts";
import { keyHashOf, type SignedVote } from "./votes.ts";

interface VoteRow {
  consensus_key: Hex;
  height: string;
  round: string;
  step: number;
  block_hash: Hex;
  signature: Hex;
}

const voteOf = (row: VoteRow): SignedVote => ({
  key: row.consensus_key,
  height: BigInt(row.height),
  round: Number(row.round),
  step: row.step,
  blockHash: row.block_hash,
  signature: row.signature,
});

/** Keeps a vote. @returns false if it was known */
export async function keepVote(sql: Sql, vote: SignedVote): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into ops.consensus_votes (key_hash, consensus_key, height, round, step, block_hash, signature)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
    [
      keyHashOf(vote.key),
      vote.key,
      String(vote.height),
      vote.round,
      vote.step,
      vote.blockHash.toLowerCase(),
      vote.signature,
    ],
  );
  return rows.length > 0;
}

/** Votes of the same key for the same height, round and step, but another block. */
export async function contradicting(sql: Sql, vote: SignedVote): Promise<SignedVote[]> {
  const { rows } = await sql.query<VoteRow>(
    `select * from ops.consensus_votes
      where key_hash = $1 and height = $2 and round = $3 and step = $4 and block_hash <> $5 limit 1`,
    [keyHashOf(vote.key), String(vote.height), vote.round, vote.step, vote.blockHash.toLowerCase()],
  );
  return rows.map(voteOf);
}

/** Heights and hashes for which each key signed, in a range of heights. */
export async function signedHeights(
  sql: Sql,
  from: bigint,
  to: bigint,
): Promise<{ key_hash: Hex; height: string; block_hash: Hex }[]> {
  const { rows } = await sql.query<{ key_hash: Hex; height: string; block_hash: Hex }>(
    `select distinct key_hash, height, block_hash from ops.consensus_votes where height between $1 and $2`,
    [String(from), String(to)],
  );
  return rows;
}

/** Forgets votes for heights below `height`. */
export async function forgetVotes(sql: Sql, height: bigint): Promise<number> {
  const { rowCount } = (await sql.query("delete from ops.consensus_votes where height < $1", [
    String(height),
  ])) as unknown as { rowCount: number };
  return rowCount ?? 0;
}
