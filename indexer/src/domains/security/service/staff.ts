import type { Pool } from "pg";
import { system } from "../../../platform/access/actor.ts";
import type { AuditTrail } from "../../../platform/audit/trail.ts";
import { transaction } from "../../../platform/db/pool.ts";
import { FatalError } from "../../../platform/errors.ts";
import { accountFor } from "../../identity/service/accounts.ts";
import { hasHolder, putRole } from "../repository/staff.ts";

/** Roles end after half a year unless they are given again. */
export const ROLE_MS = 183 * 86_400_000;

/**
 * Makes the owner of a wallet the first administrator, for whoever runs the service.
 * @returns the member's id
 * @throws {FatalError} ADMIN_EXISTS if there is one: further roles are given by two people
 */
export async function appointFirst(pool: Pool, audit: AuditTrail, address: string, at: Date): Promise<string> {
  return transaction(pool, async (sql) => {
    if (await hasHolder(sql, "admin", at)) {
      throw new FatalError("ADMIN_EXISTS", "there is an administrator; have the role given by two of the staff");
    }
    const { memberId } = await accountFor(sql, address, false, at);
    await putRole(sql, { memberId, role: "admin", at, by: null, expiresAt: new Date(at.getTime() + ROLE_MS) });
    await audit.append(
      sql,
      system,
      { action: "staff.appoint.first", subjectId: memberId, detail: { role: "admin" } },
      at,
    );
    return memberId;
  });
}
