import { transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { type Happening, insertDeliveries } from "../repository/deliveries.ts";
import { lockEndpoint, noteTold } from "../repository/endpoints.ts";
import { chainHappenings, memberHappenings } from "../repository/happenings.ts";
import { activeAfter, leftBehind } from "../repository/queues.ts";
import { isMemberEvent, told } from "../rules.ts";
import { DELIVERY_QUEUE } from "./delivering.ts";

const PAGE = 200;
const FIRST = "00000000-0000-0000-0000-000000000000";
/** An event is dated before its transaction ends: whoever looks in a hurry looks back so far, and takes nothing twice. */
const SLACK_MS = 600_000;
/** A delivery that is due for so long has lost its job. */
const LOST_MS = 90_000;

/** Hands out to one endpoint what has happened since the last time. */
async function handOutTo(kit: Kit, memberId: string, id: string): Promise<void> {
  await transaction(kit.pool, async (sql) => {
    const e = await lockEndpoint(sql, memberId, id);
    if (e?.state !== "active") return;
    const now = kit.clock();
    const since = new Date(Math.max(e.activeSince.getTime(), e.eventsAt.getTime() - SLACK_MS));
    const ofMember = (await memberHappenings(sql, e, since)).flatMap(
      ({ id: number, event, detail, at }): Happening[] =>
        isMemberEvent(event)
          ? [{ event, key: `member:${number}`, data: { memberId, ...told(event, detail) }, at }]
          : [],
    );
    const { finalBlock, happenings } = await chainHappenings(sql, e);
    const ofChain = happenings.map((one) => ({ ...one, data: { memberId, chainId: kit.chainId, ...one.data } }));
    const made = await insertDeliveries(sql, e, [...ofMember, ...ofChain], now);
    await noteTold(sql, e, Math.max(e.chainBlock, finalBlock), now);
    for (const deliveryId of made) await kit.jobs.send(sql, DELIVERY_QUEUE, { memberId, endpointId: id, deliveryId });
  });
}

/** Hands out to everybody what has happened; once a minute. Gives deliveries whose job was lost another one. */
export async function handOut(kit: Kit): Promise<void> {
  for (let after = { memberId: FIRST, id: FIRST }; ; ) {
    const page = await activeAfter(kit.pool, after, PAGE);
    for (const { memberId, id } of page) await handOutTo(kit, memberId, id);
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last;
  }
  const lost = await leftBehind(kit.pool, new Date(kit.clock().getTime() - LOST_MS), 1_000);
  for (const { memberId, endpointId, id: deliveryId } of lost) {
    await kit.jobs.send(kit.pool, DELIVERY_QUEUE, { memberId, endpointId, deliveryId }, { singletonKey: deliveryId });
  }
}
