import type { Sql } from "../../platform/db/pool.ts";
import { suspensionById, suspensionsOf } from "./repository.ts";
import { endOf, reasonName, reasons, type SuspensionState, stateName } from "./rules.ts";

/** Names of the contract's reasons, in its order. */
export const suspensionReasons = reasons;

/** A suspension as far as it decides what can be done about it. Times are unix seconds. */
export interface Sanction {
  suspensionId: number;
  memberNo: number;
  reason: (typeof reasons)[number];
  state: SuspensionState;
  endsAt: number;
  appealBy: number;
}

type Row = NonNullable<Awaited<ReturnType<typeof suspensionById>>>;

const sanctionOf = (row: Row): Sanction => ({
  suspensionId: Number(row.suspension_id),
  memberNo: Number(row.member_no),
  reason: reasonName(row.reason),
  state: stateName(row.state),
  endsAt: endOf(row.state, Number(row.ends_at), row.decide_by === null ? null : Number(row.decide_by)),
  appealBy: Number(row.appeal_by),
});

/** A suspension by its number; undefined if there is none. */
export async function suspensionOf(sql: Sql, suspensionId: number): Promise<Sanction | undefined> {
  const row = await suspensionById(sql, suspensionId);
  return row && sanctionOf(row);
}

/** A member's latest suspension, ended or not. Whether it is in force is told by the member's standing. */
export async function latestSuspension(sql: Sql, memberNo: number): Promise<Sanction | undefined> {
  const [row] = await suspensionsOf(sql, [memberNo], 1);
  return row && sanctionOf(row);
}
