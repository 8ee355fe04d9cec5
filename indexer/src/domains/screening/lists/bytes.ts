import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { bounds, ListRefused } from "./entry.ts";

/** Bytes of a list's file, counted and hashed on their way. @throws {ListRefused} LIST_TOO_LARGE */
export async function* bytesOf(path: string, hash: Hash): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > bounds.bytes) throw new ListRefused("LIST_TOO_LARGE", `the file has more than ${bounds.bytes} bytes`);
    hash.update(chunk);
    yield chunk;
  }
}

const LINE_FEED = 0x0a;
/** How the Treasury ends a file of text: a sign of the days of CP/M. */
const SUBSTITUTE = 0x1a;

/**
 * The same bytes without the Treasury's last one.
 * @throws {ListRefused} LIST_TRUNCATED if the last line does not end: a file that was cut off must not come into force
 */
export async function* wholeText(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let last: number | undefined;
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue;
    last = chunk.at(-1);
    yield last === SUBSTITUTE ? chunk.subarray(0, -1) : chunk;
  }
  if (last !== undefined && last !== LINE_FEED && last !== SUBSTITUTE) {
    throw new ListRefused("LIST_TRUNCATED", "the file's last line does not end; fetch it again");
  }
}
