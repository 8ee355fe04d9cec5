/** What RLP encodes: bytes, and lists of such (Yellow Paper, appendix B). */
export type Item = Buffer | Item[];

function header(length: number, short: number): Buffer {
  if (length < 56) return Buffer.from([short + length]);
  const digits = length.toString(16);
  const size = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
  return Buffer.concat([Buffer.from([short + 55 + size.length]), size]);
}

/** Pieces of an encoding in their order: joined once, at the end. @returns their length */
function append(item: Item, pieces: Buffer[]): number {
  if (Buffer.isBuffer(item)) {
    const isItself = item.length === 1 && (item[0] ?? 0) < 0x80;
    const head = isItself ? Buffer.alloc(0) : header(item.length, 0x80);
    pieces.push(head, item);
    return head.length + item.length;
  }
  const place = pieces.push(Buffer.alloc(0)) - 1;
  let length = 0;
  for (const part of item) length += append(part, pieces);
  const head = header(length, 0xc0);
  pieces[place] = head;
  return head.length + length;
}

/** The encoding of bytes, or of a list. */
export function rlp(item: Item): Buffer {
  const pieces: Buffer[] = [];
  const length = append(item, pieces);
  return Buffer.concat(pieces, length);
}

/** Bytes of a hex text with its 0x. */
export const bytesOf = (hex: string): Buffer => Buffer.from(hex.slice(2), "hex");
