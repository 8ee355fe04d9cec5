import type { Actor } from "../../../platform/access/actor.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { revokeSessions } from "../repository/sessions.ts";

/**
 * Ends a member's sessions but the one that asks, in the caller's transaction: what it does is as grave as a new password.
 * @param because Stands in the list of sessions and in the audit trail.
 */
export async function endOtherSessions(
  sql: Sql,
  { clock, audit }: Pick<Kit, "clock" | "audit">,
  actor: Actor & { memberId: string; sessionId: string },
  because: string,
): Promise<void> {
  const now = clock();
  const { memberId, sessionId } = actor;
  const count = await revokeSessions(sql, memberId, { spared: sessionId, because, now });
  if (count === 0) return;
  await audit.append(sql, actor, { action: "session.end", subjectId: memberId, detail: { because, count } }, now);
}
