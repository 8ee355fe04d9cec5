import { createHmac, randomInt } from "node:crypto";
import type { Sql } from "../../../platform/db/pool.ts";
import { putRecoveryCodes, useRecoveryCode } from "../repository/factors.ts";

/** Letters that are not mistaken for each other. */
const ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const CODES = 10;

const randomCode = () => {
  const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
};

/** Codes for the day on which the authenticator is lost, 58 bits each. */
export class RecoveryCodes {
  readonly #key: Buffer;

  constructor(seed: Buffer) {
    this.#key = createHmac("sha256", seed).update("recovery codes").digest();
  }

  /** Replaces the member's codes. @returns the new ones; nobody can see them again */
  async renew(sql: Sql, memberId: string): Promise<string[]> {
    const codes = Array.from({ length: CODES }, randomCode);
    await putRecoveryCodes(
      sql,
      memberId,
      codes.map((code) => this.#hmac(memberId, code)),
    );
    return codes;
  }

  /** Spends a code, once. Letter case and hyphens do not matter. */
  take(sql: Sql, memberId: string, code: string, at: Date): Promise<boolean> {
    return useRecoveryCode(sql, memberId, this.#hmac(memberId, code), at);
  }

  /** Under a key that the database does not know: a copy of it cannot be searched for codes. */
  #hmac(memberId: string, code: string): Buffer {
    const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
    return createHmac("sha256", this.#key).update(`${memberId}|${plain}`).digest();
  }
}
