import type { Actor } from "../../../platform/access/actor.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { dropCodes } from "../repository/codes.ts";
import {
  type Changes,
  changeRegistration,
  findRegistration,
  moveRegistration,
  type Registration,
} from "../repository/registrations.ts";
import { type Command, deadlineOf, isClosed, next, openTo } from "../rules.ts";

export const notFound = () => new Problem(404, "REGISTRATION_NOT_FOUND", "you have no such registration");

/** Whether a registration's time is over, though nothing has ended it yet. */
export const isOverdue = ({ deadline }: Registration, now: Date) => deadline !== null && deadline <= now;

/**
 * Refuses a step that is not open.
 * @throws {Problem} 409 STEP_OUT_OF_ORDER naming what is open, or 409 REGISTRATION_EXPIRED
 */
export function requireOpen(r: Registration, command: Command, now: Date): void {
  if (r.state === "EXPIRED" || (command !== "expire" && isOverdue(r, now))) {
    throw new Problem(409, "REGISTRATION_EXPIRED", "this registration's time is over; begin a new one");
  }
  if (next(r.tier, r.state, command) !== undefined) return;
  const open = openTo(r.tier, r.state);
  const errors = open.map((step) => ({ field: "step", message: step }));
  const words = open.length > 0 ? `do first what is open: ${open.join(", ")}` : "nothing is yours to do now";
  throw new Problem(409, "STEP_OUT_OF_ORDER", `${command} is no step from ${r.state}; ${words}`, { errors });
}

/**
 * Takes one step in the caller's transaction, and leaves an audit entry. The row is locked, or was just inserted.
 * @returns the registration as it stands now
 * @throws {Problem} as `requireOpen`
 */
export async function take(
  sql: Sql,
  { clock, audit }: Pick<Kit, "clock" | "audit">,
  actor: Actor,
  r: Registration,
  command: Command,
  changes: Changes = {},
): Promise<Registration> {
  const at = clock();
  requireOpen(r, command, at);
  const tier = changes.tier ?? r.tier;
  const to = next(r.tier, r.state, command) ?? r.state;
  const deadline = deadlineOf(to, r.startedAt, to === r.state ? r.enteredAt : at);
  if (!(await moveRegistration(sql, r, { command, to, at, deadline, isClosed: isClosed(to) }))) {
    throw new Problem(409, "REGISTRATION_MOVED", "something else moved this registration; look where it stands now");
  }
  // An address that was not proven by the end is nobody's business any more.
  const ended: Changes = isClosed(to) ? { sealedEmail: null, sealedPhone: null } : {};
  await changeRegistration(sql, r, { ...changes, ...ended });
  if (isClosed(to)) await dropCodes(sql, r.memberId, r.id);
  const detail = { registrationId: r.id, from: r.state, to, tier };
  await audit.append(sql, actor, { action: `registration.${command}`, subjectId: r.memberId, detail }, at);
  const now = await findRegistration(sql, r.memberId, r.id);
  if (!now) throw notFound();
  return now;
}
