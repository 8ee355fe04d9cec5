import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { CodedError } from "../../../platform/errors.ts";

/*
 * A document is a row of parts. Each part is a STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) of ChaCha20-Poly1305
 * chunks under a key of its own, drawn from the document's key and a fresh salt: a part that is sent again never meets
 * the same key and nonce. The key's derivation binds document, size, offset and length, so that parts cannot change
 * places, and a missing last one is seen.
 */
const ALGORITHM = "chacha20-poly1305";
const CHUNK = 65_536;
const TAG_BYTES = 16;
const SALT_BYTES = 32;
export const HEADER_BYTES = SALT_BYTES + 8;

/** What a part's key is bound to. */
export interface Whole {
  documentId: string;
  /** Bytes of the whole document. */
  size: number;
}

/** The sealed file is not what was written: cut, changed, or its parts stand elsewhere. */
export class DocumentBroken extends CodedError {
  constructor(what: string) {
    super("KYC_DOCUMENT_BROKEN", `the sealed document cannot be trusted: ${what}; restore it from a backup`);
  }
}

const lengthOf = (plain: number) => plain + Math.max(1, Math.ceil(plain / CHUNK)) * TAG_BYTES;

function keyOf(key: Buffer, salt: Buffer, { documentId, size }: Whole, offset: number, length: number): Buffer {
  const info = `tburn document|${documentId}|${size}|${offset}|${length}`;
  return Buffer.from(hkdfSync("sha256", key, salt, info, 32));
}

/** Eleven bytes of a counter and one that marks the last chunk. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Seals the bytes of a document from `offset` on. @param key 32 bytes */
export function sealPart(key: Buffer, whole: Whole, offset: number, plain: Buffer): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const place = Buffer.alloc(8);
  place.writeUInt32BE(offset, 0);
  place.writeUInt32BE(plain.length, 4);
  const partKey = keyOf(key, salt, whole, offset, plain.length);
  const sealed = [salt, place];
  for (let at = 0, index = 0; at < plain.length; at += CHUNK, index++) {
    const isLast = at + CHUNK >= plain.length;
    const cipher = createCipheriv(ALGORITHM, partKey, nonceOf(index, isLast), { authTagLength: TAG_BYTES });
    sealed.push(cipher.update(plain.subarray(at, at + CHUNK)), cipher.final(), cipher.getAuthTag());
  }
  return Buffer.concat(sealed);
}

export interface PartHead {
  salt: Buffer;
  offset: number;
  length: number;
  /** Bytes that follow the head. */
  sealedLength: number;
}

/** Reads a part's head. @throws {DocumentBroken} unless it is the part that begins at `expected` */
export function headOf(header: Buffer, { size }: Whole, expected: number): PartHead {
  if (header.length !== HEADER_BYTES) throw new DocumentBroken("it is cut");
  const [offset, length] = [header.readUInt32BE(SALT_BYTES), header.readUInt32BE(SALT_BYTES + 4)];
  if (offset !== expected || length === 0 || offset + length > size)
    throw new DocumentBroken("its parts are misplaced");
  return { salt: header.subarray(0, SALT_BYTES), offset, length, sealedLength: lengthOf(length) };
}

/** Opens one part. @throws {DocumentBroken} */
export function openPart(key: Buffer, whole: Whole, head: PartHead, sealed: Buffer): Buffer {
  if (sealed.length !== head.sealedLength) throw new DocumentBroken("it is cut");
  const partKey = keyOf(key, head.salt, whole, head.offset, head.length);
  const step = CHUNK + TAG_BYTES;
  const opened: Buffer[] = [];
  for (let at = 0, index = 0; at < sealed.length; at += step, index++) {
    const chunk = sealed.subarray(at, at + step);
    const nonce = nonceOf(index, at + step >= sealed.length);
    const decipher = createDecipheriv(ALGORITHM, partKey, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES));
    opened.push(decipher.update(chunk.subarray(0, -TAG_BYTES)));
    try {
      opened.push(decipher.final());
    } catch {
      throw new DocumentBroken("it was changed");
    }
  }
  return Buffer.concat(opened);
}
