import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Pool } from "pg";
import { originOf } from "../../platform/chain/edition/version.ts";
import type { Page } from "../../platform/chain/source.ts";
import { inForce } from "../../platform/db/checkpoint.ts";
import { writerLock } from "../../platform/db/lock.ts";
import { transaction } from "../../platform/db/pool.ts";
import { insertBlocks, insertLogs, keptBlocks, nameLogs } from "../../platform/db/raw/logs.ts";
import { FatalError } from "../../platform/errors.ts";
import { type End, linesOf, pagesOf, type Title } from "./archive.ts";
import { type Command, fileOf, optionsOf } from "./command.ts";
import { withPool } from "./database.ts";
import { KeptBlocks, wholeLogs } from "./kept.ts";

const helpOfBackup = `npm run indexer -- backup-logs --to FILE

Writes the kept logs of all final blocks to one compressed file: enough to tell chain.* again without a node. It is written
beside FILE and takes its name when it is complete and on the disk; what was broken off leaves FILE.partial, which the next
run replaces. Streams: memory does not grow with the chain. The follower may go on.

Prints first and last block, counts, the SHA-256 of its content, which is its last line, and that of the file. Refuses with
FILE_EXISTS, LOGS_MISSING, LOGS_INCOMPLETE or DATABASE_OF_OTHER_CHAIN.`;

const helpOfRestore = `npm run indexer -- restore-logs --from FILE

Puts the logs of such a file into the database; \`replay --from-logs\` tells the chain from them. The file is read twice: nothing is
written before it is whole, by its checksum, of these contracts, and at odds with no block that is kept. Lost rows come back,
others stay as they are. If it is broken off, it is run again. Waits while another process follows the chain.

Refuses with ARCHIVE_BROKEN, ARCHIVE_OF_OTHER_CHAIN or LOGS_CONFLICT, which names the block.`;

/** Final blocks that are kept, page by page. */
async function* pagesKept(blocks: KeptBlocks, from: number, to: number): AsyncGenerator<Page> {
  for (let next = from; next <= to; ) {
    const page = await blocks.take(next, to);
    const last = page.headers.at(-1)?.number;
    if (last === undefined || last - next + 1 !== page.headers.length)
      throw new FatalError("LOGS_INCOMPLETE", `block ${next} is gone; does a replay run?`);
    yield page;
    next = last + 1;
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Keeps the logs of final blocks in a file. */
export const backupLogs: Command = {
  help: helpOfBackup,
  run: async (env, args) => {
    const to = fileOf("to", optionsOf(args, { to: { type: "string" } }).to);
    if (existsSync(to)) throw new FatalError("FILE_EXISTS", `${to} exists; name another file`);
    const { startBlock, ...deployment } = readDeployment(env.chainId, env.deploymentFile);
    const origin = originOf({ startBlock, ...deployment });
    await withPool(env, async (pool) => {
      const kept = await wholeLogs(pool, origin, startBlock);
      const final = Math.min(kept.last, (await inForce(pool))?.finalBlock ?? kept.last);
      if (final < kept.first) throw new FatalError("LOGS_MISSING", "no block that is kept is final yet");
      const title: Title = { format: "tburn-logs/1", ...origin, from: kept.first, to: final };
      let end: End | undefined;
      const lines = linesOf(title, pagesKept(new KeptBlocks(pool, kept), kept.first, final), (ended) => (end = ended));
      await pipeline(
        Readable.from(lines),
        createGzip(),
        createWriteStream(`${to}.partial`, { mode: 0o600, flush: true }),
      );
      await rename(`${to}.partial`, to);
      console.log(JSON.stringify({ ...title, ...end, fileSha256: await digestOf(to) }, null, 2));
    });
  },
};

/** @throws {FatalError} LOGS_CONFLICT if a block that is kept is another one */
async function requireAgreement(pool: Pool, { headers }: Page): Promise<void> {
  const [first, last] = [headers[0], headers.at(-1)];
  if (!first || !last) return;
  const kept = new Map((await keptBlocks(pool, first.number, last.number)).map(({ number, hash }) => [number, hash]));
  const other = headers.find(({ number, hash }) => kept.has(number) && kept.get(number) !== hash);
  if (other)
    throw new FatalError(
      "LOGS_CONFLICT",
      `block ${other.number} is kept as another one; verify against a node who is right`,
    );
}

async function restore(pool: Pool, file: string, begun: (title: Title) => void): Promise<Title & End> {
  let title: Title | undefined;
  const through = async (work: (page: Page) => Promise<void>) => {
    const pages = pagesOf(file, (found) => {
      begun(found);
      title = found;
    });
    for (;;) {
      const { value, done } = await pages.next();
      if (done) return value;
      await work(value);
    }
  };
  const end = await through((page) => requireAgreement(pool, page));
  if (!title) throw new FatalError("ARCHIVE_BROKEN", "the file is empty");
  const { chainId, contracts } = title;
  await nameLogs(pool, { chainId, contracts });
  await through((page) =>
    transaction(pool, async (sql) => {
      await insertLogs(sql, page.logs);
      await insertBlocks(sql, page.headers, page.logs);
    }),
  );
  return { ...title, ...end };
}

/** Puts the logs of a file into the database. */
export const restoreLogs: Command = {
  help: helpOfRestore,
  run: async (env, args) => {
    const from = fileOf("from", optionsOf(args, { from: { type: "string" } }).from);
    const origin = originOf(readDeployment(env.chainId, env.deploymentFile));
    await withPool(env, async (pool) => {
      const lock = await writerLock(env.databaseDirectUrl, () =>
        console.log("restore-logs: waiting for the process that follows the chain to end"),
      );
      try {
        const restored = await restore(pool, from, ({ chainId, contracts }) => {
          if (chainId === origin.chainId && contracts === origin.contracts) return;
          throw new FatalError("ARCHIVE_OF_OTHER_CHAIN", `the archive is of other contracts (chain ${chainId})`);
        });
        console.log(JSON.stringify(restored, null, 2));
      } finally {
        await lock.release();
      }
    });
  },
};
