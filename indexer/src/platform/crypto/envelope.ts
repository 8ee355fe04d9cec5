import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { CodedError } from "../errors.ts";

/** Where a sealed value stands. It opens there and nowhere else. */
export interface Place {
  table: string;
  column: string;
  memberId: string;
  /** Row within the table; the member itself where there is one row per member. */
  rowId: string;
}

/** A member's data key, 32 bytes. */
export interface DataKey {
  version: number;
  bytes: Buffer;
}

/** A sealed value does not belong where it was found, or was changed. */
export class SealBroken extends CodedError {
  constructor(reason: string) {
    super("SEAL_BROKEN", `a sealed value cannot be opened: ${reason}`);
  }
}

const FORMAT = 1;
const AES_256_GCM = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const COMMITMENT_BYTES = 32;
/** Format, algorithm, version of the data key (uint32, big-endian). */
const HEADER_BYTES = 6;
const OVERHEAD = HEADER_BYTES + COMMITMENT_BYTES + IV_BYTES + TAG_BYTES;

/** Each part behind its length, so that no two places read alike. */
function bound(parts: string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

const subkey = (key: DataKey, purpose: string, { table, column }: Place) =>
  Buffer.from(hkdfSync("sha256", key.bytes, Buffer.alloc(0), bound([purpose, table, column]), 32));

/** Binds the ciphertext to one key: GCM alone lets one text open under two keys to two meanings. */
const commitmentOf = (key: DataKey, place: Place, iv: Buffer) =>
  createHmac("sha256", subkey(key, "commit", place))
    .update(iv)
    .digest();

const associated = ({ table, column, memberId, rowId }: Place, header: Buffer) =>
  Buffer.concat([header, bound([table, column, memberId, rowId])]);

/**
 * Encrypts `text` for one place (AES-256-GCM, a subkey per column by HKDF-SHA-256, key commitment as in the AWS Encryption
 * SDK). Layout: format, algorithm, key version, commitment, iv, tag, ciphertext.
 */
export function seal(text: string, key: DataKey, place: Place): Buffer {
  const header = Buffer.from([FORMAT, AES_256_GCM, 0, 0, 0, 0]);
  header.writeUInt32BE(key.version, 2);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", subkey(key, "encrypt", place), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(place, header));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([header, commitmentOf(key, place, iv), iv, cipher.getAuthTag(), body]);
}

/** Version of the data key that opens `sealed`. @throws {SealBroken} if it is no sealed value of ours */
export function versionOf(sealed: Buffer): number {
  if (sealed.length < OVERHEAD) throw new SealBroken("it is too short");
  if (sealed[0] !== FORMAT || sealed[1] !== AES_256_GCM) throw new SealBroken("its format is unknown");
  return sealed.readUInt32BE(2);
}

/** Header, commitment, iv, tag, ciphertext. */
function split(sealed: Buffer): [Buffer, Buffer, Buffer, Buffer, Buffer] {
  const ends = [HEADER_BYTES, COMMITMENT_BYTES, IV_BYTES, TAG_BYTES];
  const starts = ends.map((_, i) => ends.slice(0, i).reduce((sum, length) => sum + length, 0));
  const part = (i: number) => sealed.subarray(starts[i], (starts[i] ?? 0) + (ends[i] ?? 0));
  return [part(0), part(1), part(2), part(3), sealed.subarray(OVERHEAD)];
}

/**
 * Decrypts what `seal` made for the same place.
 * @throws {SealBroken} for another place, another key, or a changed byte
 */
export function open(sealed: Buffer, key: DataKey, place: Place): string {
  if (versionOf(sealed) !== key.version) throw new SealBroken("it was sealed under another version of the key");
  const [header, commitment, iv, tag, body] = split(sealed);
  if (!timingSafeEqual(commitment, commitmentOf(key, place, iv)))
    throw new SealBroken("it was sealed under another key");
  // Danger: without an explicit length Node accepts tags of four bytes.
  const decipher = createDecipheriv("aes-256-gcm", subkey(key, "encrypt", place), iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(associated(place, header));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
  } catch {
    throw new SealBroken("it was changed, or stands in another place");
  }
}
