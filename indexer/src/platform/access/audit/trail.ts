import { createHmac, randomBytes } from "node:crypto";
import type { Sql } from "../../db/pool.ts";
import type { Actor } from "../actor.ts";
import { canonical } from "./canonical.ts";
import { insertAuditEntry } from "./repository.ts";

/** What an act leaves behind. Ids and plain facts only: nothing personal, so that erasure leaves the trail whole. */
export interface Act {
  /** Dotted, e.g. `kyc.case.approve`: the verb. */
  action: string;
  /** Member whom it concerns. */
  subjectId?: string;
  requestId?: string;
  detail?: Record<string, string | number | boolean | null>;
}

export interface AuditBody {
  at: string;
  actorKind: "member" | "staff" | "system" | "nobody";
  actorId: string | null;
  action: string;
  subjectId: string | null;
  requestId: string | null;
  detail: Record<string, string | number | boolean | null>;
}

function kindOf(actor: Actor): AuditBody["actorKind"] {
  if (actor.levels.has("system")) return "system";
  if (actor.memberId === undefined) return "nobody";
  return actor.roles.size > 0 ? "staff" : "member";
}

/** The trail of whoever holds the seed of this service. */
export const trailOf = (tokenSeed: Buffer): AuditTrail =>
  new AuditTrail(createHmac("sha256", tokenSeed).update("audit trail").digest());

/**
 * Writes acts down. Each entry carries an HMAC over its canonical form under a key of its own, so that it can be opened to
 * an auditor alone, and whoever has the database can neither forge one nor guess what an erased one said.
 */
export class AuditTrail {
  readonly #key: Buffer;

  /** @param key 32 bytes that the database does not know. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Key of the entry with this nonce. */
  openingOf(nonce: Buffer): Buffer {
    return createHmac("sha256", this.#key).update(nonce).digest();
  }

  /** HMAC-SHA-256 over the canonical JSON (RFC 8785) of an entry, under its own key. */
  leafOf(body: AuditBody, nonce: Buffer): Buffer {
    return createHmac("sha256", this.openingOf(nonce)).update(canonical(body)).digest();
  }

  /** Adds an entry in the transaction of the act itself: both stand, or neither. */
  async append(sql: Sql, actor: Actor, act: Act, at: Date): Promise<void> {
    const body: AuditBody = {
      at: at.toISOString(),
      actorKind: kindOf(actor),
      actorId: actor.memberId ?? null,
      action: act.action,
      subjectId: act.subjectId ?? null,
      requestId: act.requestId ?? null,
      // What a program did is told from what the person did.
      detail: { ...act.detail, ...(actor.key && { apiKeyId: actor.key.id }) },
    };
    const nonce = randomBytes(16);
    await insertAuditEntry(sql, body, nonce, this.leafOf(body, nonce));
  }
}
