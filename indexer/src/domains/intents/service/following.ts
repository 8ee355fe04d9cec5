import { type Actor, system } from "../../../platform/access/actor.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { stillStands } from "../../../platform/db/mirror/state.ts";
import { tell } from "../../../platform/db/outbox.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { actOf } from "../repository/events.ts";
import { intentsOf, lockIntent, noteHash, noteState, type TxIntent } from "../repository/intents.ts";
import { watchedIntents } from "../repository/queues.ts";
import { seeIntents, stateOf, tellIntents } from "../rules.ts";
import { type ShownIntent, shownIntent } from "./showing.ts";

/** Most that a list tells. */
const SHOWN = 100;
const PAGE = 200;
/** How long a confirmation is looked at again: a mirror that is told anew may tell another chain. */
const DOUBT_MS = 24 * 3_600_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

type Stands = Pick<Kit, "pool" | "clock" | "audit">;

const isOpen = ({ state }: TxIntent) => state === "PENDING" || state === "SUBMITTED";

/** What the mirror says of intents, as it is told to their member. */
const events: Record<string, string> = {
  "intents.confirm": "IntentConfirmed",
  "intents.expire": "IntentExpired",
  "intents.retract": "IntentRetracted",
};

async function note(sql: Sql, { audit, clock }: Stands, actor: Actor, i: TxIntent, action: string): Promise<void> {
  const [at, detail] = [clock(), { intentId: i.id, kind: i.kind }];
  await audit.append(sql, actor, { action, subjectId: i.memberId, detail }, at);
  const event = events[action];
  if (event) await tell(sql, { event, memberId: i.memberId, detail }, at);
}

/** Whether a confirmed intent's block is known to be gone. */
async function isTakenBack(sql: Sql, { blockNumber, blockHash }: TxIntent): Promise<boolean> {
  if (blockNumber === null || blockHash === null) return false;
  return (await stillStands(sql, blockNumber, blockHash)) === false;
}

/** Takes in what the mirror says of an intent, whose row is locked. @returns it as it stands then */
async function takeIn(sql: Sql, kit: Stands, i: TxIntent): Promise<TxIntent> {
  if (!isOpen(i) && !(i.state === "CONFIRMED" && (await isTakenBack(sql, i)))) return i;
  const now = kit.clock();
  const seen = await actOf(sql, i);
  const state = stateOf(i, seen, now);
  const isSame = state === i.state && (seen?.hash ?? null) === i.blockHash && (seen?.logIndex ?? null) === i.logIndex;
  if (isSame) return i;
  await noteState(sql, i, state, seen, now);
  if (i.state === "CONFIRMED") await note(sql, kit, system, i, "intents.retract");
  if (state === "CONFIRMED" || state === "EXPIRED") {
    await note(sql, kit, system, i, state === "CONFIRMED" ? "intents.confirm" : "intents.expire");
  }
  return (await lockIntent(sql, i.memberId, i.id)) ?? i;
}

const settled = (kit: Stands, memberId: string, id: string): Promise<TxIntent | undefined> =>
  transaction(kit.pool, async (sql) => {
    const intent = await lockIntent(sql, memberId, id);
    return intent && takeIn(sql, kit, intent);
  });

/** Takes in what the mirror says of everything that waits for it, and of what it confirmed lately. */
export async function watchIntents(kit: Stands): Promise<void> {
  const since = new Date(kit.clock().getTime() - DOUBT_MS);
  for (let after = { memberId: FIRST, id: FIRST }; ; ) {
    const page = await watchedIntents(kit.pool, since, after, PAGE);
    for (const { memberId, id } of page) await settled(kit, memberId, id);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}

const notFound = () => new Problem(404, "INTENT_NOT_FOUND", "you have no such intent");

/** A member's intents, the newest first. */
export async function ownIntents(kit: Stands, actor: MemberActor): Promise<ShownIntent[]> {
  permit(actor, seeIntents, kit.clock(), actor.memberId);
  const list = await intentsOf(kit.pool, actor.memberId, SHOWN);
  const shown: ShownIntent[] = [];
  // One after another: all of a member's wait for one lock.
  for (const i of list) shown.push(shownIntent(isOpen(i) ? ((await settled(kit, i.memberId, i.id)) ?? i) : i));
  return shown;
}

/** One intent, as the mirror has it now. @throws {Problem} 404 INTENT_NOT_FOUND */
export async function ownIntent(kit: Stands, actor: MemberActor, id: string): Promise<ShownIntent> {
  permit(actor, seeIntents, kit.clock(), actor.memberId);
  const intent = await settled(kit, actor.memberId, id);
  if (!intent) throw notFound();
  return shownIntent(intent);
}

/**
 * Takes down which transaction carries an intent out; another one may take its place until it is confirmed, as wallets
 * send again with more gas.
 * @throws {Problem} 404 INTENT_NOT_FOUND, 409 INTENT_EXPIRED or INTENT_CONFIRMED
 */
export async function tellSubmitted(
  kit: Stands,
  actor: MemberActor,
  id: string,
  hash: string,
  requestId: string,
): Promise<ShownIntent> {
  const at = kit.clock();
  permit(actor, tellIntents, at, actor.memberId);
  const told = hash.toLowerCase();
  return transaction(kit.pool, async (sql) => {
    const locked = await lockIntent(sql, actor.memberId, id);
    if (!locked) throw notFound();
    const intent = await takeIn(sql, kit, locked);
    if (intent.txHash === told) return shownIntent(intent);
    if (intent.state === "EXPIRED") {
      throw new Problem(409, "INTENT_EXPIRED", "this intent's time is over; ask for a new one before you sign");
    }
    if (intent.state === "CONFIRMED") {
      throw new Problem(409, "INTENT_CONFIRMED", "another transaction has carried this out already");
    }
    await noteHash(sql, intent, told, at);
    const detail = { intentId: id, kind: intent.kind };
    await kit.audit.append(sql, actor, { action: "intents.tell", subjectId: actor.memberId, requestId, detail }, at);
    const noted = await lockIntent(sql, actor.memberId, id);
    return shownIntent(await takeIn(sql, kit, noted ?? intent));
  });
}
