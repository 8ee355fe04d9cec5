import type { Role } from "../../../platform/access/actor.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { takeFrom } from "../../../platform/db/load/rate-limit.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import {
  dropPasskey,
  dropRecoveryCodes,
  dropTotp,
  passkeysOf,
  recoveryCodesLeft,
  stepUp,
  totpOf,
} from "../repository/factors.ts";
import { noteFailure } from "../repository/settings.ts";
import { changeFactors, ownFactors } from "../rules.ts";
import { RecoveryCodes } from "./recovery.ts";
import { Totp } from "./totp.ts";

/** Tries of a code: guesses are counted before they are compared. */
const TRIES = { requests: 5, seconds: 60 };
/** A first factor is enrolled soon after the wallet has signed, so that a session left open gives nobody one. */
const RECENT_MS = 15 * 60_000;

export interface Factors {
  totp: boolean;
  passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
  recoveryCodesLeft: number;
}

/** What lies behind a factor that was shown: the proof in the transaction that counts it. */
export type Proof = (sql: Sql) => Promise<boolean>;

/** Second factors of a member, and what they prove. */
export class SecondFactors {
  readonly kit: Kit;
  readonly totp: Totp;
  readonly recovery: RecoveryCodes;

  constructor(kit: Kit) {
    this.kit = kit;
    this.totp = new Totp(kit);
    this.recovery = new RecoveryCodes(kit.tokenSeed);
  }

  async of(memberId: string, sql: Sql = this.kit.pool): Promise<Factors> {
    const [totp, passkeys] = [await totpOf(sql, memberId), await passkeysOf(sql, memberId)];
    return {
      totp: totp?.confirmed_at != null,
      passkeys: passkeys.map(({ credential_id, name, created_at, last_used_at }) => ({
        id: credential_id,
        name,
        createdAt: created_at.toISOString(),
        lastUsedAt: last_used_at?.toISOString() ?? null,
      })),
      recoveryCodesLeft: await recoveryCodesLeft(sql, memberId),
    };
  }

  /**
   * Whether the actor may add or remove a factor: by one that it has, or soon after its wallet signed for the first one.
   * @throws {Problem} 401 STEP_UP_REQUIRED or SIGN_IN_AGAIN
   */
  async permitChange(actor: MemberActor): Promise<void> {
    const now = this.kit.clock();
    const { totp, passkeys } = await this.of(actor.memberId);
    if (totp || passkeys.length > 0) return permit(actor, changeFactors, now, actor.memberId);
    permit(actor, ownFactors, now, actor.memberId);
    if (now.getTime() - actor.signedAt.getTime() > RECENT_MS) {
      throw new Problem(401, "SIGN_IN_AGAIN", "sign in with your wallet again, then add the factor");
    }
  }

  /** Counts a try before anything is compared. @throws {Problem} 429 */
  async countTry(memberId: string): Promise<void> {
    const wait = await takeFrom(this.kit.pool, this.kit.clock, `factor|${memberId}`, TRIES);
    if (wait === 0) return;
    const headers = { "retry-after": String(wait) };
    throw new Problem(429, "RATE_LIMITED", `too many tries; try again in ${wait} s`, { headers });
  }

  /**
   * Steps the session up if `proof` holds; the proof is spent in the same transaction.
   * @throws {Problem} 401 FACTOR_REFUSED
   */
  async stepUp(
    actor: MemberActor,
    kind: "totp" | "recovery" | "passkey",
    proof: Proof,
    requestId: string,
  ): Promise<Date> {
    const at = this.kit.clock();
    const isProved = await transaction(this.kit.pool, async (sql) => {
      if (!(await proof(sql))) return false;
      await stepUp(sql, actor.memberId, actor.sessionId, at);
      const act = { action: "security.step-up", subjectId: actor.memberId, requestId, detail: { kind } };
      await this.kit.audit.append(sql, actor, act, at);
      return true;
    });
    if (!isProved) {
      await noteFailure(this.kit.pool, actor.memberId, "factor", at);
      throw new Problem(401, "FACTOR_REFUSED", "this proof is not good, or was used before; try a new one");
    }
    return at;
  }

  /** Proves with a code of the authenticator, or with a recovery code. */
  async stepUpByCode(actor: MemberActor, code: string, requestId: string): Promise<Date> {
    await this.countTry(actor.memberId);
    return /^\d{6}$/.test(code)
      ? this.stepUp(actor, "totp", (sql) => this.totp.take(sql, actor.memberId, code), requestId)
      : this.stepUp(
          actor,
          "recovery",
          (sql) => this.recovery.take(sql, actor.memberId, code, this.kit.clock()),
          requestId,
        );
  }

  /**
   * Removes a factor; recovery codes go with the last one.
   * @throws {Problem} 404 FACTOR_NOT_FOUND, 409 LAST_FACTOR for the staff's last one
   */
  async remove(actor: MemberActor, factor: { totp: true } | { passkey: string }, requestId: string): Promise<void> {
    const at = this.kit.clock();
    permit(actor, changeFactors, at, actor.memberId);
    await transaction(this.kit.pool, async (sql) => {
      const removed =
        "totp" in factor ? await dropTotp(sql, actor.memberId) : await dropPasskey(sql, actor.memberId, factor.passkey);
      if (!removed) throw new Problem(404, "FACTOR_NOT_FOUND", "there is no such factor");
      const left = await this.of(actor.memberId, sql);
      if (!left.totp && left.passkeys.length === 0) {
        refuseStaff(actor.roles);
        await dropRecoveryCodes(sql, actor.memberId);
      }
      const detail = { kind: "totp" in factor ? "totp" : "passkey" };
      await this.kit.audit.append(
        sql,
        actor,
        { action: "security.factor.remove", subjectId: actor.memberId, requestId, detail },
        at,
      );
    });
  }
}

function refuseStaff(roles: ReadonlySet<Role>): void {
  if (roles.size > 0) {
    throw new Problem(409, "LAST_FACTOR", "whoever works here keeps one factor; add another one first");
  }
}
