import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import type { BlockHead, RawLog } from "../../platform/chain/blocks.ts";
import type { Hex } from "../../platform/chain/rpc.ts";
import type { Page } from "../../platform/chain/source.ts";
import { FatalError } from "../../platform/errors.ts";

const hex = z.custom<Hex>((value) => typeof value === "string" && /^0x([0-9a-f]{2})*$/.test(value));
const number = z.int().nonnegative();

/** The first line: whose logs these are, and of which blocks. */
const titleSchema = z.strictObject({
  format: z.literal("tburn-logs/1"),
  chainId: number,
  contracts: z.string(),
  from: number,
  to: number,
});
export type Title = z.infer<typeof titleSchema>;

const logSchema = z.tuple([number, number.nullable(), hex, hex, z.array(hex).max(4), hex]);
/** A line for each block: number, hash, parent's hash, time and logs. */
const blockSchema = z.tuple([number, hex, hex, number, z.array(logSchema)]);

/** The last line: SHA-256 of all lines before it. */
const endSchema = z.strictObject({ sha256: z.string(), blocks: number, logs: number });
export type End = z.infer<typeof endSchema>;

/** Lines of an archive, from blocks in their order. @param ended Told how it ended. */
export async function* linesOf(title: Title, pages: AsyncIterable<Page>, ended: (end: End) => void) {
  const sha256 = createHash("sha256");
  const count = { blocks: 0, logs: 0 };
  const line = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`;
    sha256.update(text);
    return text;
  };
  yield line(title);
  for await (const { headers, logs } of pages) {
    const ofBlock = Map.groupBy(logs, (log) => log.blockNumber);
    for (const { number, hash, parentHash, timestamp } of headers) {
      const mine = ofBlock.get(number) ?? [];
      count.blocks++;
      count.logs += mine.length;
      yield line([
        ...[number, hash, parentHash, timestamp],
        mine.map((log) => [
          ...[log.logIndex, log.transactionIndex, log.transactionHash],
          ...[log.address, log.topics, log.data],
        ]),
      ]);
    }
  }
  const end = { sha256: sha256.digest("hex"), ...count };
  ended(end);
  yield `${JSON.stringify(end)}\n`;
}

const broken = (what: string) => new FatalError("ARCHIVE_BROKEN", `${what}; take another copy of the archive`);

/** Lines of a compressed file, without their ends. @throws {FatalError} ARCHIVE_BROKEN, or what the system says of the file */
async function* unpacked(path: string): AsyncGenerator<string> {
  const source = createGunzip();
  pipeline(createReadStream(path), source, () => undefined);
  let rest = "";
  try {
    for await (const chunk of source.setEncoding("utf8") as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw code.startsWith("Z_") ? broken("the file is cut or not compressed") : error;
  }
  if (rest !== "") throw broken("the file is cut");
}

function parsed<T>(schema: z.ZodType<T>, line: string): T {
  const value: unknown = (() => {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  })();
  const found = schema.safeParse(value);
  if (!found.success) throw broken("a line is not what it should be");
  return found.data;
}

function blockOf(line: string): { head: BlockHead; logs: RawLog[] } {
  const [number, hash, parentHash, timestamp, logs] = parsed(blockSchema, line);
  return {
    head: { number, hash, parentHash, timestamp },
    logs: logs.map(([logIndex, transactionIndex, transactionHash, address, topics, data]) => ({
      ...{ blockNumber: number, blockHash: hash, logIndex, transactionIndex, transactionHash, address, topics, data },
    })),
  };
}

const PAGE_BLOCKS = 500;
const PAGE_LOGS = 5_000;

/**
 * Reads an archive page by page.
 * @param begun Told whose logs come, before the first page; may refuse by throwing.
 * @returns how it ended, once everything before is proven by its last line
 * @throws {FatalError} ARCHIVE_BROKEN if it is cut or changed, blocks are missing, or do not link
 */
export async function* pagesOf(path: string, begun: (title: Title) => void): AsyncGenerator<Page, End> {
  const sha256 = createHash("sha256");
  let title: Title | undefined;
  let before: { head: BlockHead } | undefined;
  let page: Page = { headers: [], logs: [] };
  const count = { blocks: 0, logs: 0 };
  for await (const line of unpacked(path)) {
    if (title && count.blocks === title.to - title.from + 1) {
      const end = parsed(endSchema, line);
      if (end.sha256 !== sha256.digest("hex") || end.blocks !== count.blocks || end.logs !== count.logs)
        throw broken("the checksum is another one");
      yield page;
      return end;
    }
    sha256.update(`${line}\n`);
    if (!title) {
      title = parsed(titleSchema, line);
      begun(title);
      continue;
    }
    const block = blockOf(line);
    if (block.head.number !== title.from + count.blocks || (before && before.head.hash !== block.head.parentHash))
      throw broken(`block ${block.head.number} does not follow the one before it`);
    before = block;
    count.blocks++;
    count.logs += block.logs.length;
    page.headers.push(block.head);
    page.logs.push(...block.logs);
    if (page.headers.length < PAGE_BLOCKS && page.logs.length < PAGE_LOGS) continue;
    yield page;
    page = { headers: [], logs: [] };
  }
  throw broken("the file is cut");
}
