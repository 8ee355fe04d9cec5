import type { Pool } from "pg";
import { z } from "zod";
import { type Actor, type Role, roles, system } from "../../../platform/access/actor.ts";
import type { AuditTrail } from "../../../platform/access/audit/trail.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { transaction } from "../../../platform/db/pool.ts";
import type { ApprovalKind, Kit } from "../../../platform/domain.ts";
import { FatalError } from "../../../platform/errors.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { propose } from "../../approvals/service.ts";
import { accountFor, accountOfWallet } from "../../identity/service/accounts.ts";
import { endRole, hasHolder, putRole, type StaffRow, staffAt } from "../repository/staff.ts";
import { decideStaff, proposeStaff, seeStaff } from "../rules.ts";

/** Roles end after half a year unless they are given again. */
const ROLE_MS = 183 * 86_400_000;

/**
 * Makes the owner of a wallet the first administrator, for whoever runs the service.
 * @returns the member's id
 * @throws {FatalError} ADMIN_EXISTS if there is one: further roles are given by two people
 */
export async function appointFirst(pool: Pool, audit: AuditTrail, address: string, at: Date): Promise<string> {
  return transaction(pool, async (sql) => {
    if (await hasHolder(sql, "administrator", at)) {
      throw new FatalError("ADMIN_EXISTS", "there is an administrator; have the role given by two of the staff");
    }
    const { memberId } = await accountFor(sql, address, false, at);
    await putRole(sql, { memberId, role: "administrator", at, by: null, expiresAt: new Date(at.getTime() + ROLE_MS) });
    await audit.append(
      sql,
      system,
      { action: "staff.appoint.first", subjectId: memberId, detail: { role: "administrator" } },
      at,
    );
    return memberId;
  });
}

const detailSchema = z.object({ role: z.enum(roles) });
const roleOf = (detail: unknown): Role => detailSchema.parse(detail).role;

/** Gives a role; whoever had it has it for half a year anew. */
export const appointment: ApprovalKind = {
  verb: decideStaff,
  carryOut: async (sql, { clock }, { subjectId, detail, proposedBy }) => {
    const at = clock();
    const expiresAt = new Date(at.getTime() + ROLE_MS);
    await putRole(sql, { memberId: subjectId, role: roleOf(detail), at, by: proposedBy, expiresAt });
  },
};

/** Takes a role away; sessions go on without it. The last administrator stays. */
export const dismissal: ApprovalKind = {
  verb: decideStaff,
  carryOut: async (sql, { clock }, { subjectId, detail }) => {
    const [at, role] = [clock(), roleOf(detail)];
    if (!(await endRole(sql, subjectId, role, at)))
      throw new Problem(409, "ROLE_NOT_HELD", "this member has no such role");
    if (role === "administrator" && !(await hasHolder(sql, "administrator", at))) {
      throw new Problem(409, "LAST_ADMIN", "there must be an administrator; appoint another one first");
    }
  },
};

/** Who works here, and proposals to change it. */
export class Staff {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  list(actor: Actor): Promise<StaffRow[]> {
    const now = this.#kit.clock();
    permit(actor, seeStaff, now);
    return staffAt(this.#kit.pool, now);
  }

  /**
   * Proposes that another person gives or takes a role; the member is named by its wallet.
   * @throws {Problem} 404 WALLET_UNKNOWN if nobody has signed in with it
   */
  async propose(actor: MemberActor, kind: "appoint" | "dismiss", address: string, role: Role): Promise<string> {
    permit(actor, proposeStaff, this.#kit.clock());
    const account = await accountOfWallet(this.#kit.pool, address);
    if (!account)
      throw new Problem(404, "WALLET_UNKNOWN", "nobody has signed in with this wallet; let them sign in first");
    return transaction(this.#kit.pool, async (sql) => {
      const proposal = { kind: `staff.${kind}`, subjectId: account.memberId, detail: { role } };
      return (await propose(sql, this.#kit, actor, proposal)).approvalId;
    });
  }
}
