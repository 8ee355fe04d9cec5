import { setTimeout as rest } from "node:timers/promises";
import { VERSION_FORM } from "../../chain/edition/version.ts";
import { FatalError } from "../../errors.ts";
import type { Commit, InForce } from "../checkpoint.ts";
import type { Sql } from "../pool.ts";
import { chainTables, named } from "../tables.ts";

/** How often, and how long each time, the switch waits for reads that are under way. Reads that come wait no longer. */
const TRIES = 100;
const WAIT_MS = 100;

/** A mirror beside the one in force: told up to a final block. */
export interface Mirror {
  version: string;
  blockNumber: number;
  blockHash: string;
  /** Of its last block; null in one that is older than digests. */
  digest: Buffer | null;
  /** The first block whose past it can tell; null if it was told from the start. */
  versionStart: number | null;
}

/** Schema of a mirror that is not in force. @throws {FatalError} VERSION_INVALID: the name stands in statements */
export function schemaOf(version: string): string {
  if (!VERSION_FORM.test(version))
    throw new FatalError("VERSION_INVALID", "a version is of up to 30 small letters, digits and _");
  return `chain_${version}`;
}

/** Mirrors beside the one in force. */
export async function readMirrors(sql: Sql): Promise<Mirror[]> {
  const { rows } = await sql.query<{
    version: string;
    block_number: string;
    block_hash: string;
    digest: Buffer | null;
    version_start: string | null;
  }>("select version, block_number, block_hash, digest, version_start from ops.mirrors order by version");
  return rows.map((row) => ({
    version: row.version,
    blockNumber: Number(row.block_number),
    blockHash: row.block_hash,
    digest: row.digest,
    versionStart: row.version_start === null ? null : Number(row.version_start),
  }));
}

/** Says how far a mirror beside the one in force has been told. */
export async function writeMirror(sql: Sql, mirror: Mirror): Promise<void> {
  await sql.query(
    `insert into ops.mirrors (version, block_number, block_hash, digest, version_start) values ($1, $2, $3, $4, $5)
     on conflict (version) do update set block_number = excluded.block_number, block_hash = excluded.block_hash,
       digest = excluded.digest, version_start = excluded.version_start`,
    [mirror.version, mirror.blockNumber, mirror.blockHash, mirror.digest, mirror.versionStart],
  );
}

/** The first block whose past the mirror in force can tell; null if it was told from the start. */
export async function readVersionStart(sql: Sql): Promise<number | null> {
  const { rows } = await sql.query<{ block_number: string }>("select block_number from ops.version_start");
  return rows[0] ? Number(rows[0].block_number) : null;
}

/** Sets it for a mirror that comes in force. */
export async function writeVersionStart(sql: Sql, start: number | null): Promise<void> {
  await sql.query("delete from ops.version_start");
  if (start !== null) await sql.query("insert into ops.version_start (id, block_number) values (1, $1)", [start]);
}

/** Says that a mirror is not beside the one in force any more. */
export async function forgetMirror(sql: Sql, version: string): Promise<void> {
  await sql.query("delete from ops.mirrors where version = $1", [version]);
}

/** Makes empty tables for a mirror, with keys, indexes and rights like those in force. */
export async function makeMirror(sql: Sql, version: string): Promise<void> {
  const schema = schemaOf(version);
  await dropMirror(sql, version);
  await sql.query(`create schema ${schema}`);
  for (const table of (await chainTables(sql)).values())
    await sql.query(`create table ${schema}."${table.name}" (like ${named(table)} including all)`);
  // As migration 27 gives them to chain; the second is for tables of later migrations.
  await sql.query(`grant usage on schema ${schema} to tburn_app`);
  for (const to of ["grant", `alter default privileges in schema ${schema} grant`]) {
    const what = to === "grant" ? `all tables in schema ${schema}` : "tables";
    await sql.query(`${to} select, insert, update, delete, truncate on ${what} to tburn_app`);
  }
}

/** Forgets a mirror that is not in force. */
export async function dropMirror(sql: Sql, version: string): Promise<void> {
  await sql.query(`drop schema if exists ${schemaOf(version)} cascade`);
  await forgetMirror(sql, version);
  await sql.query(
    "delete from ops.block_digests where version = $1 and not exists (select 1 from ops.checkpoint c where c.version = $1)",
    [version],
  );
}

/** Waits until no read is under way that began with the name `chain`, and lets none begin to the transaction's end. */
async function closeReads(sql: Sql): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    await sql.query("savepoint before_reads");
    try {
      // Shorter than anybody notices: reads that come wait behind this one.
      await sql.query(`set local lock_timeout = ${WAIT_MS}`);
      await sql.query("lock table chain.blocks in access exclusive mode");
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "55P03") throw error;
      await sql.query("rollback to savepoint before_reads");
      await rest(WAIT_MS);
    }
  }
  throw new FatalError("MIRROR_BUSY", "long reads hold the mirror in force; nothing was switched, try again");
}

/**
 * Gives the name `chain` to the mirror of `version`; what had it is named by its own. Both stand at the block of the
 * checkpoint, which the caller holds.
 */
export async function takeName(sql: Sql, from: InForce, version: string): Promise<void> {
  await closeReads(sql);
  await sql.query(`alter schema chain rename to ${schemaOf(from.version)}`);
  await sql.query(`alter schema ${schemaOf(version)} rename to chain`);
  await sql.query("update ops.checkpoint set version = $1", [version]);
  // Answers that were kept for this block were of other rows.
  const news: Commit = { block: from.blockNumber, isUndone: true };
  await sql.query("select pg_notify('tburn_block', $1)", [JSON.stringify(news)]);
}
