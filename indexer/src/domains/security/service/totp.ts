import { generateSecret, generateURI, verify } from "otplib";
import type { MemberActor } from "../../../platform/access/door.ts";
import type { Place } from "../../../platform/crypto/envelope.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { putTotp, takeStep, totpOf } from "../repository/factors.ts";

/** A code counts half a minute longer than its time (RFC 6238 §5.2). */
const TOLERANCE_SECONDS = 30;

const placeOf = (memberId: string): Place => ({
  table: "app.totp_secrets",
  column: "sealed",
  memberId,
  rowId: memberId,
});

/** Codes of an authenticator app (RFC 6238). Each time step is taken once. */
export class Totp {
  readonly #kit: Pick<Kit, "seals" | "clock" | "origins">;

  constructor(kit: Pick<Kit, "seals" | "clock" | "origins">) {
    this.#kit = kit;
  }

  /**
   * Begins to enrol; the secret counts after its first code.
   * @returns the secret in base32 and as an address that apps read
   * @throws {Problem} 409 TOTP_EXISTS
   */
  async begin(
    sql: Sql,
    { memberId, address }: Pick<MemberActor, "memberId" | "address">,
  ): Promise<{ secret: string; uri: string }> {
    const secret = generateSecret();
    const sealed = await this.#kit.seals.seal("profile", placeOf(memberId), secret);
    if (!(await putTotp(sql, memberId, sealed, this.#kit.clock()))) {
      throw new Problem(409, "TOTP_EXISTS", "an authenticator is enrolled; remove it first");
    }
    const issuer = `TBURN ${new URL(this.#kit.origins[0] ?? "http://localhost").host}`;
    return { secret, uri: generateURI({ issuer, label: address, secret }) };
  }

  /** Whether `code` is of now and was not taken before; takes it. The first one confirms the secret. */
  async take(sql: Sql, memberId: string, code: string, isFirst = false): Promise<boolean> {
    const row = await totpOf(sql, memberId);
    if (!row || (row.confirmed_at === null) !== isFirst) return false;
    const secret = await this.#kit.seals.open("profile", placeOf(memberId), row.sealed);
    const now = this.#kit.clock();
    const result = await verify({
      secret,
      token: code,
      epoch: Math.floor(now.getTime() / 1_000),
      epochTolerance: [TOLERANCE_SECONDS, 0],
      afterTimeStep: Number(row.last_step),
    });
    if (!result.valid || !("timeStep" in result)) return false;
    // The library's own check reads what another request may be taking now; the row decides.
    return takeStep(sql, memberId, Number(result.timeStep), now);
  }
}
