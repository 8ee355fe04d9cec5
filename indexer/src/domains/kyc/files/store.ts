import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DocumentBroken, HEADER_BYTES, headOf, openPart, sealPart, type Whole } from "./sealed-part.ts";

/** Names are ours alone: ids, never what a member calls a file. */
const pathOf = (folder: string, documentId: string) => join(folder, documentId.slice(0, 2), documentId);

/** Sealed documents as files of one folder. */
export class DocumentStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes a part behind `stored` sealed bytes; what an interrupted attempt has left behind them is cut off.
   * @returns bytes of the sealed file from now on
   */
  async write(key: Buffer, whole: Whole, at: { stored: number; offset: number }, plain: Buffer): Promise<number> {
    const path = pathOf(this.#folder, whole.documentId);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, at.stored === 0 ? "w" : "r+", 0o600);
    try {
      const sealed = sealPart(key, whole, at.offset, plain);
      await file.truncate(at.stored);
      await file.write(sealed, 0, sealed.length, at.stored);
      await file.datasync();
      return at.stored + sealed.length;
    } finally {
      await file.close();
    }
  }

  /**
   * The document's own bytes, part by part.
   * @param stored Bytes that the sealed file must have.
   * @throws {DocumentBroken} before it hands out what it cannot trust
   */
  async *read(key: Buffer, whole: Whole, stored: number): AsyncGenerator<Buffer> {
    const file = await open(pathOf(this.#folder, whole.documentId), "r").catch(() => {
      throw new DocumentBroken("its file is gone");
    });
    const take = async (bytes: number, at: number) => {
      const buffer = Buffer.alloc(bytes);
      const { bytesRead } = await file.read(buffer, 0, bytes, at);
      return buffer.subarray(0, bytesRead);
    };
    try {
      if ((await file.stat()).size !== stored) throw new DocumentBroken("it is cut, or something follows it");
      let [offset, at] = [0, 0];
      while (offset < whole.size) {
        const head = headOf(await take(HEADER_BYTES, at), whole, offset);
        yield openPart(key, whole, head, await take(head.sealedLength, at + HEADER_BYTES));
        offset += head.length;
        at += HEADER_BYTES + head.sealedLength;
      }
    } finally {
      await file.close();
    }
  }

  async remove(documentId: string): Promise<void> {
    await rm(pathOf(this.#folder, documentId), { force: true });
  }
}
