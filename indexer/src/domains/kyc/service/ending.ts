import { system } from "../../../platform/access/actor.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { revokeCases } from "../access.ts";
import { dropAttestations } from "../repository/attestations.ts";
import { casesOf, dropPersonalOfCases, idsSince } from "../repository/cases.ts";
import { dropDocuments } from "../repository/documents.ts";
import { dropPlay } from "../repository/sandbox.ts";
import { OPEN_MS, type Revocation, reapplyAfterRevocation, type State, VALID_SECONDS } from "../rules.ts";
import { storeOf } from "./documents.ts";
import { lockedCase, move } from "./moving.ts";

const BATCH = 200;

async function expire(kit: Kit, state: State, before: Date): Promise<number> {
  const ids = await idsSince(kit.pool, state, before, BATCH);
  for (const id of ids) {
    await transaction(kit.pool, async (sql) => {
      const one = await lockedCase(sql, id);
      // Somebody may have been quicker.
      if (one.state === state && one.stateAt <= before) await move(sql, kit, one, { to: "expired", actor: system });
    });
  }
  return ids.length;
}

/** Ends cases whose members never came back, and approvals whose attestations are over. @returns how many */
export async function expireCases(kit: Kit): Promise<number> {
  const now = kit.clock().getTime();
  const forgotten = await expire(kit, "pending", new Date(now - OPEN_MS));
  return forgotten + (await expire(kit, "approved", new Date(now - VALID_SECONDS * 1_000)));
}

/**
 * Takes an approval back. The chain follows by a transaction of whoever holds the revoker role.
 * @throws {Problem} 404 KYC_CASE_NOT_FOUND; 403 KYC_OWN_CASE; 409 KYC_CASE_MOVED
 */
export async function revokeCase(
  kit: Kit,
  actor: MemberActor,
  id: string,
  reason: Revocation,
  requestId: string,
): Promise<void> {
  const at = kit.clock();
  permit(actor, revokeCases, at);
  await transaction(kit.pool, async (sql) => {
    const one = await lockedCase(sql, id);
    if (one.memberId === actor.memberId) throw new Problem(403, "KYC_OWN_CASE", "the case is your own");
    const changes = { reason, reapplyAfter: reapplyAfterRevocation(at) };
    await move(sql, kit, one, { to: "revoked", actor, requestId, changes });
  });
}

/**
 * Erases a member's documents and whatever links it to what was attested; called before its profile key is destroyed.
 * Findings stay, sealed under the key of anti-money-laundering records.
 */
export async function eraseKyc(sql: Sql, kit: Pick<Kit, "verification">, memberId: string): Promise<void> {
  const ids = await dropDocuments(sql, memberId);
  if (ids.length > 0) {
    const store = storeOf(kit);
    for (const id of ids) await store.remove(id);
  }
  for (const { providerRef } of await casesOf(sql, memberId)) if (providerRef) await dropPlay(sql, providerRef);
  await dropPersonalOfCases(sql, memberId);
  await dropAttestations(sql, memberId);
}
