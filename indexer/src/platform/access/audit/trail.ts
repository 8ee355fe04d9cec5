import { createHmac } from "node:crypto";
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

/** Writes acts down. Each entry carries an HMAC over its canonical form, whose key no database holds. */
export class AuditTrail {
  readonly #key: Buffer;

  /** @param key 32 bytes that the database does not know. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** HMAC-SHA-256 over the canonical JSON (RFC 8785) of an entry. */
  leafOf(body: AuditBody): Buffer {
    return createHmac("sha256", this.#key).update(canonical(body)).digest();
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
      detail: act.detail ?? {},
    };
    await insertAuditEntry(sql, body, this.leafOf(body));
  }
}
