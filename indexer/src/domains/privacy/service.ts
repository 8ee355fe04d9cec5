import { randomUUID } from "node:crypto";
import { type Actor, system } from "../../platform/access/actor.ts";
import { permit } from "../../platform/access/decide.ts";
import type { MemberActor } from "../../platform/access/door.ts";
import { tell } from "../../platform/db/outbox.ts";
import { type Sql, transaction } from "../../platform/db/pool.ts";
import type { ApprovalKind, Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { propose } from "../approvals/service.ts";
import { ErasureLedger } from "./ledger.ts";
import {
  cancelErasures,
  dueErasures,
  dueRecords,
  type Erasure,
  type Hold,
  insertErasure,
  isHeld,
  keepRecordsUntil,
  liftHold,
  lockErasure,
  markCarriedOut,
  markRecordsDestroyed,
  openErasure,
  placeHold,
  returned,
  standingHold,
} from "./repository.ts";
import {
  askErasure,
  COOLING_MS,
  cancelErasure,
  decideHold,
  proposeHold,
  RECORDS_MS,
  readHold,
  seeErasure,
} from "./rules.ts";

const BATCH = 200;

export interface ErasureStanding {
  erasure: Erasure | null;
  /** The law wants the data kept: it is erased when that ends. */
  isHeld: boolean;
}

/** A member's own wish to be forgotten. */
export class OwnErasure {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  async standing(actor: MemberActor): Promise<ErasureStanding> {
    permit(actor, seeErasure, this.#kit.clock(), actor.memberId);
    const { pool } = this.#kit;
    return { erasure: (await openErasure(pool, actor.memberId)) ?? null, isHeld: await isHeld(pool, actor.memberId) };
  }

  /**
   * Asks to be forgotten, in seven days. @throws {Problem} 409 ERASURE_OPEN, or STAFF_STAYS while the member works here
   */
  async ask(actor: MemberActor, requestId: string): Promise<Erasure> {
    const { clock, pool, audit } = this.#kit;
    const at = clock();
    permit(actor, askErasure, at, actor.memberId);
    if (actor.roles.size > 0) {
      throw new Problem(409, "STAFF_STAYS", "whoever works here gives up its roles first");
    }
    const dueAt = new Date(at.getTime() + COOLING_MS);
    const erasure: Erasure = { id: randomUUID(), memberId: actor.memberId, requestedAt: at, dueAt };
    await transaction(pool, async (sql) => {
      if (!(await insertErasure(sql, erasure))) {
        throw new Problem(409, "ERASURE_OPEN", "you have asked already; it can be taken back until it is carried out");
      }
      await audit.append(sql, actor, { action: askErasure.name, subjectId: actor.memberId, requestId }, at);
    });
    return erasure;
  }

  /** Takes the wish back. @throws {Problem} 404 ERASURE_NOT_FOUND */
  async cancel(actor: MemberActor, requestId: string): Promise<void> {
    const { clock, pool, audit } = this.#kit;
    const at = clock();
    permit(actor, cancelErasure, at, actor.memberId);
    await transaction(pool, async (sql) => {
      if (!(await cancelErasures(sql, actor.memberId, at))) {
        throw new Problem(404, "ERASURE_NOT_FOUND", "you have not asked to be erased");
      }
      await audit.append(sql, actor, { action: cancelErasure.name, subjectId: actor.memberId, requestId }, at);
    });
  }
}

/** Rows of all domains go in one transaction; then the key, without which what backups hold is noise. */
async function forget(sql: Sql, kit: Kit, memberId: string, why: "asked" | "restored"): Promise<void> {
  const at = kit.clock();
  for (const erase of kit.erasers) await erase(sql, kit, memberId);
  await kit.audit.append(sql, system, { action: "privacy.erase", subjectId: memberId, detail: { why } }, at);
  await keepRecordsUntil(sql, memberId, new Date(at.getTime() + RECORDS_MS));
  await tell(sql, { event: "MemberErased", memberId }, at);
}

/**
 * Destroys the keys of anti-money-laundering records whose day has come; a legal hold keeps them.
 * @returns how many
 */
export async function endRecords(kit: Kit): Promise<number> {
  const at = kit.clock();
  const due = await dueRecords(kit.pool, at, BATCH);
  for (const memberId of due) {
    // The key goes first: a crash in between leaves only the mark to be made again.
    await kit.seals.destroy(memberId, "aml_hold");
    await transaction(kit.pool, async (sql) => {
      await markRecordsDestroyed(sql, memberId, at);
      await kit.audit.append(sql, system, { action: "privacy.records.end", subjectId: memberId }, at);
    });
  }
  return due.length;
}

/**
 * Carries out what was asked for and is due. The ledger is written first: whatever happens afterwards, the next start
 * goes on from it.
 * @returns how many
 */
export async function eraseDue(kit: Kit): Promise<number> {
  const ledger = new ErasureLedger(kit.erasureLedger);
  let erased = 0;
  for (const { memberId } of await dueErasures(kit.pool, kit.clock(), BATCH)) {
    const isMine = await transaction(kit.pool, async (sql) => {
      // Danger: it may have been taken back, or held, since it was found.
      if (!(await lockErasure(sql, memberId)) || (await isHeld(sql, memberId))) return false;
      ledger.append(memberId, kit.clock());
      await forget(sql, kit, memberId, "asked");
      await markCarriedOut(sql, memberId, kit.clock());
      return true;
    });
    if (!isMine) continue;
    await kit.seals.destroy(memberId, "profile");
    erased++;
  }
  return erased;
}

/**
 * Holds the databases against the ledger, before anybody is served: whoever a backup brought back goes again, keys first.
 * @returns how many had come back
 */
export async function replayErasures(kit: Kit): Promise<number> {
  const ids = new ErasureLedger(kit.erasureLedger).read();
  let count = 0;
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    for (const memberId of some) await kit.seals.destroy(memberId, "profile");
    for (const memberId of await returned(kit.pool, some)) {
      await transaction(kit.pool, (sql) => forget(sql, kit, memberId, "restored"));
      count++;
    }
  }
  return count;
}

/** What stands between a member's data and its end; that it was looked at is written down. */
export async function holdOf(
  { pool, clock, audit }: Pick<Kit, "pool" | "clock" | "audit">,
  actor: Actor,
  memberId: string,
  requestId: string,
): Promise<{ hold: Hold | null; erasure: Erasure | null }> {
  const at = clock();
  permit(actor, readHold, at);
  await audit.append(pool, actor, { action: readHold.name, subjectId: memberId, requestId }, at);
  const hold = (await standingHold(pool, memberId)) ?? null;
  return { hold, erasure: (await openErasure(pool, memberId)) ?? null };
}

/** Proposes to keep a member's data for a legal reason, or to end that. @throws {Problem} 409 APPROVAL_OPEN */
export async function proposeLegalHold(
  kit: Kit,
  actor: MemberActor,
  memberId: string,
  { change, reference }: { change: "place" | "lift"; reference: string },
): Promise<string> {
  permit(actor, proposeHold, kit.clock());
  return transaction(kit.pool, async (sql) => {
    const proposal = { kind: `privacy.hold.${change}`, subjectId: memberId, detail: { reference } };
    return (await propose(sql, kit, actor, proposal)).approvalId;
  });
}

/** A hold stands from the second officer's word on. */
export const holdPlaced: ApprovalKind = {
  verb: decideHold,
  carryOut: async (sql, { clock }, { id, subjectId, detail, proposedBy }, _actor: Actor) => {
    const hold = { memberId: subjectId, id, reference: String(detail.reference), at: clock(), by: proposedBy };
    if (!(await placeHold(sql, hold))) throw new Problem(409, "HOLD_STANDS", "the member's data is held already");
  },
};

export const holdLifted: ApprovalKind = {
  verb: decideHold,
  carryOut: async (sql, { clock }, { subjectId }) => {
    if (!(await liftHold(sql, subjectId, clock())))
      throw new Problem(409, "HOLD_GONE", "the member's data is not held");
  },
};
