import { createHmac, timingSafeEqual } from "node:crypto";
import { canonical } from "../../../platform/access/audit/canonical.ts";
import type { Code } from "../repository/codes.ts";
import { CODE_ALPHABET, CODE_LENGTH, normalCode } from "../rules.ts";

/** What only this service can compute: codes, and fingerprints of what was asked. */
export class Secrets {
  readonly #codes: Buffer;
  readonly #fingerprints: Buffer;

  /** @param seed 32 bytes that no database holds. */
  constructor(seed: Buffer) {
    const key = (purpose: string) => createHmac("sha256", seed).update(purpose).digest();
    this.#codes = key("registration codes");
    this.#fingerprints = key("registration commands");
  }

  /** The code that belongs to a row: 40 bits of an HMAC over it. A dump of the database gives no code away. */
  codeOf({ kind, id, salt }: Pick<Code, "kind" | "id" | "salt">): string {
    const mac = createHmac("sha256", this.#codes).update(`${kind}|${id}|`).update(salt).digest();
    let bits = BigInt(`0x${mac.subarray(0, 5).toString("hex")}`);
    let code = "";
    for (let i = 0; i < CODE_LENGTH; i++) {
      code = CODE_ALPHABET[Number(bits & 31n)] + code;
      bits >>= 5n;
    }
    return code;
  }

  /** Whether `text` is the code of this row, in any spelling; takes as long for each wrong one. */
  isCode(row: Pick<Code, "kind" | "id" | "salt">, text: string): boolean {
    const given = Buffer.from(
      normalCode(text)
        .padEnd(CODE_LENGTH)
        .slice(0, CODE_LENGTH + 1),
    );
    const right = Buffer.from(this.codeOf(row));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  /** Tells whether two requests ask the same, without telling what they ask: bodies hold addresses. */
  fingerprintOf(body: object): Buffer {
    return createHmac("sha256", this.#fingerprints).update(canonical(body)).digest();
  }
}
