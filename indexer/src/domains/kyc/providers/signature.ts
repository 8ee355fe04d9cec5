import { createHmac, timingSafeEqual } from "node:crypto";
import { WebhookRefused } from "./provider.ts";

/** Seconds after which a signed webhook is too old, and by which a clock may be ahead. */
const TOLERANCE_SECONDS = 300;

export const hmacOf = (algorithm: "sha256" | "sha512", secret: string, data: Buffer): Buffer =>
  createHmac(algorithm, secret).update(data).digest();

/** Compares without telling by its time how much was right. @param hex Anything that somebody sent */
export function isDigest(expected: Buffer, hex: string): boolean {
  const given = Buffer.from(hex, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Signs as `t=<seconds>,v1=<hex>` over `<seconds>.<body>`. */
export function timedSignature(secret: string, raw: Buffer, seconds: number): string {
  const digest = hmacOf("sha256", secret, Buffer.concat([Buffer.from(`${seconds}.`), raw]));
  return `t=${seconds},v1=${digest.toString("hex")}`;
}

/**
 * Checks signatures of that form; while a secret changes there may be several, apart by a space.
 * @throws {WebhookRefused}
 */
export function requireTimed(secret: string, raw: Buffer, header: string | undefined, now: Date): void {
  const parsed = (header ?? "").split(" ").map((one) => /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(one));
  const isSigned = parsed.some((one) => {
    if (!one) return false;
    const [, seconds = "", hex = ""] = one;
    const expected = hmacOf("sha256", secret, Buffer.concat([Buffer.from(`${seconds}.`), raw]));
    return isDigest(expected, hex) && Math.abs(now.getTime() / 1_000 - Number(seconds)) <= TOLERANCE_SECONDS;
  });
  if (!isSigned) throw new WebhookRefused("the webhook is not signed, or its signature is too old");
}

/** JSON of a webhook whose signature was believed. @throws {WebhookRefused} */
export function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    throw new WebhookRefused("the webhook is not JSON");
  }
}
