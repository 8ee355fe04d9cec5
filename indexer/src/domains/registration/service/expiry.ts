import { system } from "../../../platform/access/actor.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { erasePersonal } from "../../identity/service/personal.ts";
import { overdue } from "../repository/queues.ts";
import { hasReached, lockRegistration, type Registration } from "../repository/registrations.ts";
import { isOverdue, take } from "./steps.ts";

const BATCH = 500;

/** Ends a registration whose time is over. Whoever was never identified leaves no address behind. The row is locked. */
export async function expire(sql: Sql, kit: Pick<Kit, "clock" | "audit">, r: Registration): Promise<void> {
  await take(sql, kit, system, r, "expire");
  if (!(await hasReached(sql, r.memberId, "KYC_APPROVED"))) await erasePersonal(sql, r.memberId, ["email", "phone"]);
}

/** Ends all registrations whose time is over. @returns how many */
export async function expireAll(kit: Pick<Kit, "pool" | "clock" | "audit">): Promise<number> {
  let ended = 0;
  for (;;) {
    const names = await overdue(kit.pool, kit.clock(), BATCH);
    for (const { memberId, id } of names) {
      await transaction(kit.pool, async (sql) => {
        const r = await lockRegistration(sql, memberId, id);
        if (!r || !isOverdue(r, kit.clock())) return;
        await expire(sql, kit, r);
        ended += 1;
      });
    }
    if (names.length < BATCH) return ended;
  }
}
