import { z } from "zod";
import { permit } from "../../platform/access/decide.ts";
import type { MemberActor } from "../../platform/access/door.ts";
import { lockMember } from "../../platform/db/lock.ts";
import { tell } from "../../platform/db/outbox.ts";
import { type Sql, transaction } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { consentsOf, insertConsent } from "./repository.ts";
import {
  type ConsentRecord,
  changeConsents,
  type Language,
  type Purpose,
  purposeNames,
  purposes,
  seeConsents,
  standingOf,
} from "./rules.ts";
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

/** What a member agrees to where it begins something that rests on it: which words, by their number and SHA-256 (hex). */
export const agreementSchema = z.strictObject({
  purpose: z.enum(purposeNames),
  version: z.int().positive(),
  textHash: z.string().regex(/^[0-9a-f]{64}$/, "SHA-256 of the words that were shown, as 64 hex digits"),
});
export type Agreement = z.infer<typeof agreementSchema>;

/** The words that a hash is of, if they are in force. @throws {Problem} 409 CONSENT_TEXT_CHANGED */
function shownIn(purpose: Purpose, textHash: string): Language {
  const language = languageOf(purpose, textHash);
  if (language) return language;
  throw new Problem(409, "CONSENT_TEXT_CHANGED", `the words of ${purpose} have changed; read them again`, {
    errors: [{ field: "consents", message: purpose }],
  });
}

/** Adds a record in the caller's transaction, which holds the lock, unless just that stands already. */
async function write(
  sql: Sql,
  { clock, audit }: Pick<Kit, "clock" | "audit">,
  actor: MemberActor,
  { purpose, given, textHash }: Word,
  requestId?: string,
): Promise<void> {
  const { memberId } = actor;
  const [at, language] = [clock(), shownIn(purpose, textHash)];
  const { newest, isGiven } = standingOf(await consentsOf(sql, memberId), purpose);
  if (isGiven === given) return;
  const { version } = purposes[purpose];
  const number = (newest?.number ?? 0) + 1;
  const record = { purpose, number, given, version, language, textHash: Buffer.from(textHash, "hex"), at };
  await insertConsent(sql, memberId, record);
  const act = { action: changeConsents.name, subjectId: memberId, detail: { purpose, given, version, language } };
  await audit.append(sql, actor, { ...act, ...(requestId !== undefined && { requestId }) }, at);
  await tell(sql, { event: given ? "ConsentGiven" : "ConsentWithdrawn", memberId, detail: { purpose } }, at);
}

/**
 * Refuses what rests on consents that are not given, or were given to older words.
 * @throws {Problem} 409 CONSENT_REQUIRED naming each purpose
 */
export async function requireConsents(sql: Sql, memberId: string): Promise<void> {
  const records = await consentsOf(sql, memberId);
  const missing = purposeNames.filter(
    (purpose) => purposes[purpose].isRequired && !standingOf(records, purpose).isGiven,
  );
  if (missing.length === 0) return;
  const errors = missing.map((purpose) => ({ field: "consents", message: purpose }));
  throw new Problem(409, "CONSENT_REQUIRED", `read and agree first: ${missing.join(", ")}`, { errors });
}

/**
 * Gives consents in the caller's transaction, so that what rests on them begins with them or not at all; then asks whether
 * nothing is missing.
 * @throws {Problem} 409 CONSENT_TEXT_CHANGED or CONSENT_REQUIRED, each naming the purposes
 */
export async function agree(sql: Sql, kit: Kit, actor: MemberActor, agreements: Agreement[]): Promise<void> {
  permit(actor, changeConsents, kit.clock(), actor.memberId);
  await lockMember(sql, actor.memberId);
  for (const { purpose, version, textHash } of agreements) {
    // A number that is not of these words was made up: nobody has read them under it.
    await write(sql, kit, actor, {
      purpose,
      given: true,
      textHash: purposes[purpose].version === version ? textHash : "",
    });
  }
  await requireConsents(sql, actor.memberId);
}

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
    const { memberId } = actor;
    permit(actor, changeConsents, this.#kit.clock(), memberId);
    shownIn(purpose, textHash);
    if (purposes[purpose].isRequired && !given) {
      throw new Problem(409, "CONSENT_REQUIRED", "membership rests on this; to end it, ask to be erased");
    }
    return transaction(this.#kit.pool, async (sql) => {
      await lockMember(sql, memberId);
      await write(sql, this.#kit, actor, { purpose, given, textHash }, requestId);
      return consentsOf(sql, memberId);
    });
  }
}
