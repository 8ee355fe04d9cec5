import { generate } from "otplib";
import type { Role } from "../../../platform/access/actor.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { accountFor } from "../../identity/service/accounts.ts";
import { dropTotp } from "../repository/factors.ts";
import { putRole } from "../repository/staff.ts";
import { Totp } from "./totp.ts";

const ROLE_MS = 183 * 86_400_000;
/** The enrolling code is of the step before, so that the present one is good for a first step-up. */
const STEP_SECONDS = 30;

/** Enrols a fresh authenticator in place of an earlier one. @returns its secret */
async function enrol(sql: Sql, kit: Kit, memberId: string, address: string): Promise<string> {
  await dropTotp(sql, memberId);
  const totp = new Totp(kit);
  const { secret } = await totp.begin(sql, { memberId, address });
  const epoch = Math.floor(kit.clock().getTime() / 1_000) - STEP_SECONDS;
  if (!(await totp.take(sql, memberId, await generate({ secret, epoch }), true))) throw new Error("enrolment failed");
  return secret;
}

/**
 * Makes somebody of a TEST: an account with an authenticator and roles that nobody decided on. A second time renews them.
 * @returns the account, and the authenticator's secret in base32
 */
export function makeTestActor(
  kit: Kit,
  address: string,
  roles: readonly Role[],
): Promise<{ memberId: string; totpSecret: string }> {
  const at = kit.clock();
  const expiresAt = new Date(at.getTime() + ROLE_MS);
  return transaction(kit.pool, async (sql) => {
    const { memberId } = await accountFor(sql, address, false, at);
    for (const role of roles) await putRole(sql, { memberId, role, at, by: null, expiresAt });
    return { memberId, totpSecret: await enrol(sql, kit, memberId, address) };
  });
}
