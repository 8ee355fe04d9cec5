import type { BlockHead } from "../../chain/blocks.ts";
import type { Sql } from "../pool.ts";

/** Finalized blocks between two digests that stay. */
const EVERY = 100;

/** A block and its digest. */
export interface Digested {
  head: BlockHead;
  digest: Buffer;
}

/** Digest of block `number`; undefined where none was made, as in mirrors that are older than digests. */
export async function readDigest(sql: Sql, number: number): Promise<Buffer | undefined> {
  const { rows } = await sql.query<{ digest: Buffer }>("select digest from ops.block_digests where number = $1", [
    number,
  ]);
  return rows[0]?.digest;
}

/** Keeps digests of new blocks, and of what has become final by them only every hundredth. */
export async function keepDigests(sql: Sql, made: Digested[], final: { before: number; now: number }): Promise<void> {
  const kept = made.filter(({ head }) => head.number >= final.now || head.number % EVERY === 0);
  await Promise.all([
    sql.query(
      "insert into ops.block_digests (number, hash, digest) select * from unnest($1::bigint[], $2::text[], $3::bytea[])",
      [
        kept.map(({ head }) => head.number),
        kept.map(({ head }) => head.hash),
        kept.map(({ digest }) => `\\x${digest.toString("hex")}`),
      ],
    ),
    // The final block's own stays: the next one may have to begin there.
    sql.query("delete from ops.block_digests where number >= $1 and number < $2 and number % $3 <> 0", [
      final.before,
      final.now,
      EVERY,
    ]),
  ]);
}

/** Forgets digests of blocks that are taken back. */
export async function forgetDigestsAbove(sql: Sql, ancestor: number): Promise<void> {
  await sql.query("delete from ops.block_digests where number > $1", [ancestor]);
}

export interface DigestRow {
  number: string;
  hash: string;
  digest: Buffer;
}

/** Digests of final blocks, newest first, at most `limit`, of blocks below `below` where it is given. */
export async function finalDigests(sql: Sql, below: unknown, limit: number): Promise<DigestRow[]> {
  const { rows } = await sql.query<DigestRow>(
    `select d.number, d.hash, d.digest from ops.block_digests d cross join ops.checkpoint c
      where d.number <= c.final_block and d.number % $3 = 0 and ($1::bigint is null or d.number < $1)
      order by d.number desc limit $2`,
    [below, limit, EVERY],
  );
  return rows;
}
