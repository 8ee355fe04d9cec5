import { permit } from "../../platform/access/decide.ts";
import type { MemberActor } from "../../platform/access/door.ts";
import { tell } from "../../platform/db/outbox.ts";
import { type Sql, transaction } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { consentsOf, insertConsent, lockConsents } from "./repository.ts";
import { type ConsentRecord, changeConsents, type Purpose, purposes, seeConsents, standingOf } from "./rules.ts";
import { languageOf } from "./texts.ts";

/** What a member says of one purpose, and which words it was shown. */
export interface Word {
  purpose: Purpose;
  given: boolean;
  /** SHA-256 of the words, hex. */
  textHash: string;
}

/** Whether a member's data may be processed for a purpose now. Whoever processes asks right before, and each time. */
export const mayProcess = async (sql: Sql, memberId: string, purpose: Purpose): Promise<boolean> =>
  standingOf(await consentsOf(sql, memberId), purpose).isGiven;

/** A member's own consents: seen, given and taken back. */
export class OwnConsents {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  async list(actor: MemberActor): Promise<ConsentRecord[]> {
    permit(actor, seeConsents, this.#kit.clock(), actor.memberId);
    return consentsOf(this.#kit.pool, actor.memberId);
  }

  /**
   * Adds to the history; what stands already is not written again.
   * @throws {Problem} 409 CONSENT_TEXT_CHANGED if other words are in force, 409 CONSENT_REQUIRED for what membership
   * rests on
   */
  async say(actor: MemberActor, { purpose, given, textHash }: Word, requestId: string): Promise<ConsentRecord[]> {
    const { pool, clock, audit } = this.#kit;
    const at = clock();
    const { memberId } = actor;
    permit(actor, changeConsents, at, memberId);
    const language = languageOf(purpose, textHash);
    if (!language) throw new Problem(409, "CONSENT_TEXT_CHANGED", "the words have changed; read them again");
    const { version, isRequired } = purposes[purpose];
    if (isRequired && !given) {
      throw new Problem(409, "CONSENT_REQUIRED", "membership rests on this; to end it, ask to be erased");
    }
    return transaction(pool, async (sql) => {
      await lockConsents(sql, memberId);
      const { newest, isGiven } = standingOf(await consentsOf(sql, memberId), purpose);
      if (isGiven !== given) {
        const number = (newest?.number ?? 0) + 1;
        const record = { purpose, number, given, version, language, textHash: Buffer.from(textHash, "hex"), at };
        await insertConsent(sql, memberId, record);
        const detail = { purpose, given, version, language };
        await audit.append(sql, actor, { action: changeConsents.name, subjectId: memberId, requestId, detail }, at);
        await tell(sql, { event: given ? "ConsentGiven" : "ConsentWithdrawn", memberId, detail: { purpose } }, at);
      }
      return consentsOf(sql, memberId);
    });
  }
}
