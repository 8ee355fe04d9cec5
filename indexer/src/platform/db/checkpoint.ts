import { FatalError } from "../errors.ts";
import type { Sql } from "./pool.ts";

/** The last block that stands in the database. */
export interface Checkpoint {
  blockNumber: number;
  blockHash: string;
  /** Nothing up to this block can be undone. */
  finalBlock: number;
}

/** What listeners are told of a commit: the newest block that stands, and whether later ones were taken back. */
export interface Commit {
  block: number;
  isUndone: boolean;
}

/** Whose mirror this is. */
export interface Origin {
  chainId: number;
  /** Digest of the contracts' addresses and first block. */
  contracts: string;
}

/** Whose mirror this is, and which projections tell it. */
export interface Edition extends Origin {
  version: string;
}

/** Why a process of other projections must not write; one of this code waits until its own mirror is in force. */
export const OTHER_VERSION = "MIRROR_OF_OTHER_VERSION";

const otherVersion = (found: string, mine: string) =>
  new FatalError(
    OTHER_VERSION,
    `the mirror in force is of version ${found}, this release's of version ${mine}; bring it in force with: npm run indexer -- redeploy`,
  );

/** The checkpoint, and whose it is. */
export interface InForce extends Checkpoint, Edition {}

/** The mirror in force; undefined before the first block. @param hold Lets nobody move it to the transaction's end */
export async function inForce(sql: Sql, hold = false): Promise<InForce | undefined> {
  const { rows } = await sql.query<{
    chain_id: string;
    contracts: string;
    version: string;
    block_number: string;
    block_hash: string;
    final_block: string;
  }>(
    `select chain_id, contracts, version, block_number, block_hash, final_block from ops.checkpoint${hold ? " for update" : ""}`,
  );
  const row = rows[0];
  return (
    row && {
      chainId: Number(row.chain_id),
      contracts: row.contracts,
      version: row.version,
      blockNumber: Number(row.block_number),
      blockHash: row.block_hash,
      finalBlock: Number(row.final_block),
    }
  );
}

/**
 * The checkpoint; undefined before the first block.
 * @throws {FatalError} `DATABASE_OF_OTHER_CHAIN` if the rows tell of another chain or other contracts, and
 * `MIRROR_OF_OTHER_VERSION` if other projections told them.
 */
export async function readCheckpoint(sql: Sql, mine: Edition): Promise<Checkpoint | undefined> {
  const found = await inForce(sql);
  if (!found) return undefined;
  if (found.chainId !== mine.chainId || found.contracts !== mine.contracts) {
    throw new FatalError(
      "DATABASE_OF_OTHER_CHAIN",
      `the database mirrors other contracts (chain ${found.chainId}); use another database, or rebuild this one with: npm run indexer -- replay`,
    );
  }
  if (found.version !== mine.version) throw otherVersion(found.version, mine.version);
  return found;
}

/**
 * Moves the checkpoint from where this process believes it to be, and tells listeners.
 * @throws {FatalError} `CHECKPOINT_MOVED` if another process has moved it meanwhile, and `MIRROR_OF_OTHER_VERSION` if
 * another release's mirror was brought in force.
 */
export async function moveCheckpoint(
  sql: Sql,
  mine: Edition,
  from: Checkpoint | undefined,
  to: Checkpoint | undefined,
): Promise<void> {
  const { rowCount } = to
    ? await sql.query(
        from
          ? "update ops.checkpoint set block_number = $1, versioned_to = $1, block_hash = $2, final_block = $3 where block_number = $4 and block_hash = $5 and version = $6"
          : "insert into ops.checkpoint (id, block_number, versioned_to, block_hash, final_block, chain_id, contracts, version) values (1, $1, $1, $2, $3, $4, $5, $6) on conflict do nothing",
        [
          to.blockNumber,
          to.blockHash,
          to.finalBlock,
          ...(from ? [from.blockNumber, from.blockHash] : [mine.chainId, mine.contracts]),
          mine.version,
        ],
      )
    : await sql.query("delete from ops.checkpoint where block_number = $1 and block_hash = $2 and version = $3", [
        from?.blockNumber,
        from?.blockHash,
        mine.version,
      ]);
  if (rowCount !== 1) {
    const { rows } = await sql.query<{ version: string }>("select version from ops.checkpoint");
    const found = rows[0]?.version ?? mine.version;
    if (found !== mine.version) throw otherVersion(found, mine.version);
    throw new FatalError("CHECKPOINT_MOVED", "another process writes to this database; only one may follow the chain");
  }
  const isUndone = from !== undefined && (to === undefined || to.blockNumber < from.blockNumber);
  const news: Commit = { block: to?.blockNumber ?? -1, isUndone };
  await sql.query("select pg_notify('tburn_block', $1)", [JSON.stringify(news)]);
}
