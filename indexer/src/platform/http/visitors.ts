import type { IncomingMessage } from "node:http";
import { arrivalOf } from "../access/arrival.ts";
import { addressBytes } from "../crypto/networks.ts";

/** Microseconds: whole numbers, so that shares of a minute add up to it. */
const PERIOD = 60_000_000;
/** So many addresses are remembered; the one that has not asked for longest is forgotten for the next. */
const MOST_ADDRESSES = 50_000;
/** Bytes of an IPv6 address that one customer has: whoever has a /64 has as many addresses as it likes. */
const CUSTOMER_BYTES = 8;

const bucketOf = (address: string): string => {
  const bytes = addressBytes(address);
  return bytes ? bytes.subarray(0, bytes.length === 4 ? 4 : CUSTOMER_BYTES).toString("hex") : "";
};

/** What a visitor is told that asks too often. @param wait Seconds. */
export const tooManyQuestions = (wait: number): string => `too many questions; try again in ${wait} s, or sign in`;

/**
 * How often one address may ask without a token (generic cell rate algorithm). In this process alone: what is public is read
 * by everybody, and counting must not cost the database more than reading does. Behind n processes an address has n times as
 * much.
 */
export class Visitors {
  readonly #perMinute: number;
  readonly #proxyHops: number;
  readonly #now: () => number;
  /** When each bucket is full again, microseconds, the least recently used first. */
  readonly #full = new Map<string, number>();

  /**
   * @param perMinute Questions in a minute, at once or spread; 0 is no limit.
   * @param now Milliseconds that never go back.
   */
  constructor(perMinute: number, proxyHops: number, now = () => performance.now()) {
    this.#perMinute = perMinute;
    this.#proxyHops = proxyHops;
    this.#now = now;
  }

  /** Takes one question of whoever sent `request`. @returns seconds to wait; 0 if it may be asked */
  waitOf(request: IncomingMessage): number {
    return this.take(arrivalOf(request, this.#proxyHops).ip);
  }

  /** As `waitOf`, by address. */
  take(address: string): number {
    if (this.#perMinute === 0) return 0;
    const [bucket, now] = [bucketOf(address), Math.floor(this.#now() * 1_000)];
    const full = Math.max(this.#full.get(bucket) ?? now, now) + Math.floor(PERIOD / this.#perMinute);
    if (full - now > PERIOD) return Math.max(1, Math.ceil((full - now - PERIOD) / 1_000_000));
    this.#full.delete(bucket);
    if (this.#full.size >= MOST_ADDRESSES) this.#full.delete(this.#full.keys().next().value ?? "");
    this.#full.set(bucket, full);
    return 0;
  }
}
