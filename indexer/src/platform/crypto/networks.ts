import { createHmac } from "node:crypto";
import { isIP } from "node:net";

/** Of a network, or of one address, the fixed bits. */
export interface Network {
  /** 4 or 16 bytes, zero beyond the prefix. */
  bytes: Buffer;
  /** Bits that are fixed. */
  prefix: number;
}

/** First 12 bytes of an IPv4 address that is written as IPv6 (RFC 4291 §2.5.5.2). */
const MAPPED = Buffer.from("00000000000000000000ffff", "hex");
const MARK_BYTES = 16;

function ipv6Bytes(text: string): Buffer {
  const word = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);
  const hex = text.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, a: string, b: string, c: string, d: string) => `${word(a, b)}:${word(c, d)}`,
  );
  const [front = [], back = []] = hex.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const words = [...front, ...Array<string>(8 - front.length - back.length).fill("0"), ...back];
  return Buffer.from(words.map((one) => one.padStart(4, "0")).join(""), "hex");
}

/** Bytes of an address, 4 or 16; one of IPv4 that is written as IPv6 is IPv4. Undefined for what is no address. */
export function addressBytes(text: string): Buffer | undefined {
  // An address with a zone, such as fe80::1%eth0, means something to one machine alone.
  const version = text.includes("%") ? 0 : isIP(text);
  if (version === 0) return undefined;
  const bytes = version === 4 ? Buffer.from(text.split(".").map(Number)) : ipv6Bytes(text);
  return bytes.length === 16 && bytes.subarray(0, 12).equals(MAPPED) ? bytes.subarray(12) : bytes;
}

function masked(bytes: Buffer, prefix: number): Buffer {
  return Buffer.from(bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - i * 8)))));
}

/** Reads `203.0.113.0/24`, `2001:db8::/32`, or an address alone. Undefined if it is none, or has bits beyond its prefix. */
export function readNetwork(text: string): Network | undefined {
  const [, address = "", length] = /^([0-9a-fA-F:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const bytes = addressBytes(address);
  if (!bytes) return undefined;
  const written = address.includes(":") ? 128 : 32;
  const prefix = Number(length ?? written) - (written - bytes.length * 8);
  if (prefix < 0 || prefix > bytes.length * 8) return undefined;
  return masked(bytes, prefix).equals(bytes) ? { bytes, prefix } : undefined;
}

/** A network in its one form. */
export function writeNetwork({ bytes, prefix }: Network): string {
  if (bytes.length === 4) return `${bytes.join(".")}/${prefix}`;
  const words = bytes.toString("hex").replace(/(.{4})(?=.)/g, "$1:");
  return `${new URL(`http://[${words}]`).hostname.slice(1, -1)}/${prefix}`;
}

/**
 * Compares addresses with networks that the database cannot read: of each it has the length of the prefix and an HMAC of
 * the fixed bits, under a key that it has not.
 */
export class NetworkMarks {
  readonly #key: Buffer;

  constructor(tokenSeed: Buffer) {
    this.#key = createHmac("sha256", tokenSeed).update("networks").digest();
  }

  /** @param ownerId Whose networks they are: the same network has another mark with everybody. */
  of(ownerId: string, networks: readonly Network[]): Buffer[] {
    return networks.map((network) => this.#mark(ownerId, network));
  }

  /** Whether `address` is in one of the marked networks. Where none is marked, every address is. */
  admit(ownerId: string, marks: readonly Buffer[], address: string): boolean {
    if (marks.length === 0) return true;
    const bytes = addressBytes(address);
    return bytes !== undefined && marks.some((mark) => this.#isWithin(ownerId, mark, bytes));
  }

  #isWithin(ownerId: string, mark: Buffer, bytes: Buffer): boolean {
    const [length, prefix = 0] = mark;
    return length === bytes.length && this.#mark(ownerId, { bytes: masked(bytes, prefix), prefix }).equals(mark);
  }

  #mark(ownerId: string, { bytes, prefix }: Network): Buffer {
    const head = Buffer.from([bytes.length, prefix]);
    const hmac = createHmac("sha256", this.#key).update(ownerId).update(head).update(bytes).digest();
    return Buffer.concat([head, hmac.subarray(0, MARK_BYTES)]);
  }
}
