import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Pool } from "pg";
import type { Env } from "../../env.ts";
import { projectionsOf } from "../../mirror.ts";
import { Beside } from "../../platform/chain/edition/beside.ts";
import { originOf } from "../../platform/chain/edition/version.ts";
import { inForce } from "../../platform/db/checkpoint.ts";
import { builderLock } from "../../platform/db/lock.ts";
import { dropMirror, makeMirror, readMirrors, schemaOf } from "../../platform/db/mirror/editions.ts";
import { type Sql, transaction } from "../../platform/db/pool.ts";
import { chainTables } from "../../platform/db/tables.ts";
import { FatalError } from "../../platform/errors.ts";
import { type Command, optionsOf } from "./command.ts";
import { withOwner } from "./database.ts";
import { KeptBlocks, wholeLogs } from "./kept.ts";

const help = `npm run indexer -- redeploy [--build-only] [--if-needed] | --drop VERSION

Tells the mirror of this release (MIRROR_VERSION) beside the one that is served, from the logs that are kept, and then gives
it the name chain in one transaction. Readers and followers go on meanwhile: those of the release before end with the
switch, those of this one, which were started before, begin. To go back, run the same command of the release before: its
mirror is still there and only has to catch up.

  --build-only     catches up and switches nothing
  --if-needed      does nothing, and ends well, where this release's mirror is served already or no block is mirrored yet
  --drop VERSION   forgets a mirror that is not in force

Works as DATABASE_OWNER_URL. Can be broken off and run again. Refuses, and switches nothing: MIRROR_IN_FORCE, LOGS_MISSING, LOGS_INCOMPLETE (restore-logs),
MIRROR_BUSY if a read does not end within some seconds, MIRROR_DIFFERS if the tables of the mirror beside are not those in force
(drop it).`;

/** Whether two schemas have the same tables with the same columns. */
async function requireAlike(sql: Sql, version: string): Promise<void> {
  const columns = async (schema: string) =>
    [...(await chainTables(sql, schema)).values()].map((table) => `${table.name}(${table.columns.join()})`);
  const [mine, theirs] = [await columns(schemaOf(version)), await columns("chain")];
  const strange = theirs.find((table) => !mine.includes(table)) ?? mine.find((table) => !theirs.includes(table));
  if (strange)
    throw new FatalError("MIRROR_DIFFERS", `${schemaOf(version)} was made before a migration: ${strange}; drop it`);
}

/** Opens the mirror of this release beside the one in force; makes it if it is not there. */
async function openBeside(env: Env, pool: Pool): Promise<Beside> {
  const { mirrorVersion: version } = env;
  const deployment = readDeployment(env.chainId, env.deploymentFile);
  const kept = await wholeLogs(pool, originOf(deployment), deployment.startBlock);
  const isThere = (await readMirrors(pool)).some((mirror) => mirror.version === version);
  if (isThere) await requireAlike(pool, version);
  else await transaction(pool, (sql) => makeMirror(sql, version));
  const tables = await chainTables(pool, schemaOf(version));
  const keptOf = (sql: Sql) => new KeptBlocks(sql, kept);
  const beside = new Beside({ pool, deployment, version, tables, keptOf, projectionsOf });
  await beside.open();
  return beside;
}

async function build(beside: Beside): Promise<void> {
  for (;;) {
    const { at, final } = await beside.step();
    const line = `redeploy: told up to block ${at} of ${final} final ones`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    else console.log(line);
    if (at >= final) break;
  }
  if (process.stdout.isTTY) process.stdout.write("\n");
}

async function drop(pool: Pool, version: string): Promise<void> {
  if ((await inForce(pool))?.version === version)
    throw new FatalError("MIRROR_IN_FORCE", `version ${version} is served; bring another one in force first`);
  await transaction(pool, (sql) => dropMirror(sql, version));
  console.log(JSON.stringify({ dropped: version }));
}

async function bringInForce(
  env: Env,
  pool: Pool,
  { isBuildOnly, isIfNeeded }: { isBuildOnly: boolean; isIfNeeded: boolean },
): Promise<void> {
  const { mirrorVersion: version } = env;
  const current = await inForce(pool);
  if (isIfNeeded && (!current || current.version === version)) return;
  if (current?.version === version)
    throw new FatalError("MIRROR_IN_FORCE", `the mirror in force is of version ${version} already`);
  const beside = await openBeside(env, pool);
  await build(beside);
  if (isBuildOnly) return;
  const { replaced, blockNumber } = await beside.takeOver();
  console.log(JSON.stringify({ inForce: version, replaced, blockNumber }));
}

/** Brings this release's mirror in force. */
export const redeploy: Command = {
  help,
  run: async (env, args) => {
    const options = optionsOf(args, {
      ...{ "build-only": { type: "boolean" }, "if-needed": { type: "boolean" } },
      drop: { type: "string" },
    });
    const how = { isBuildOnly: options["build-only"] === true, isIfNeeded: options["if-needed"] === true };
    const lock = await builderLock(env.databaseDirectUrl);
    try {
      await withOwner(env, (pool) =>
        options.drop === undefined ? bringInForce(env, pool, how) : drop(pool, options.drop),
      );
    } finally {
      await lock.release();
    }
  },
};
