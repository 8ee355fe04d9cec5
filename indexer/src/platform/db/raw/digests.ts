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
export async function readDigest(sql: Sql, version: string, number: number): Promise<Buffer | undefined> {
  const { rows } = await sql.query<{ digest: Buffer }>(
    "select digest from ops.block_digests where version = $1 and number = $2",
    [version, number],
  );
  return rows[0]?.digest;
}

/** Keeps digests of new blocks, and of what has become final by them only every hundredth. */
export async function keepDigests(
  sql: Sql,
  version: string,
  made: Digested[],
  final: { before: number; now: number },
): Promise<void> {
  const kept = made.filter(({ head }) => head.number >= final.now || head.number % EVERY === 0);
  await Promise.all([
    sql.query(
      `insert into ops.block_digests (version, number, hash, digest)
       select $1, * from unnest($2::bigint[], $3::text[], $4::bytea[])`,
      [
        version,
        kept.map(({ head }) => head.number),
        kept.map(({ head }) => head.hash),
        kept.map(({ digest }) => `\\x${digest.toString("hex")}`),
      ],
    ),
    // The final block's own stays: the next one may have to begin there.
    sql.query(
      "delete from ops.block_digests where version = $1 and number >= $2 and number < $3 and number % $4 <> 0",
      [version, final.before, final.now, EVERY],
    ),
  ]);
}

/** Forgets digests of blocks that are taken back. */
export async function forgetDigestsAbove(sql: Sql, version: string, ancestor: number): Promise<void> {
  await sql.query("delete from ops.block_digests where version = $1 and number > $2", [version, ancestor]);
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
      where d.version = c.version and d.number <= c.final_block and d.number % $3 = 0 and ($1::bigint is null or d.number < $1)
      order by d.number desc limit $2`,
    [below, limit, EVERY],
  );
  return rows;
}
