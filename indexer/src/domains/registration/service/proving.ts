import type { MemberActor } from "../../../platform/access/door.ts";
import { tell } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { claimIndex, writePersonal } from "../../identity/service/personal.ts";
import { type Code, type CodeKind, spendCode } from "../repository/codes.ts";
import type { Registration } from "../repository/registrations.ts";
import { placeOf, TAKEN_QUEUE, waitingAddress } from "./addresses.ts";
import { issueCode, wrongCode } from "./codes.ts";
import type { Refusal } from "./once.ts";
import { take } from "./steps.ts";

async function give(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  kind: CodeKind,
  address: string,
): Promise<Registration> {
  const sealed = await kit.seals.seal("profile", placeOf(r, kind), address);
  const changes = kind === "email" ? { sealedEmail: sealed } : { sealedPhone: sealed };
  const moved = await take(sql, kit, actor, r, kind, changes);
  await issueCode(sql, kit, moved, kind);
  return moved;
}

/** Takes an address that is to be proven, and has a code sent there. Whether anybody has it is not looked at here. */
export async function giveEmail(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  email: string,
): Promise<Registration> {
  if (!kit.mailer) throw new Problem(503, "MAIL_OFF", "no mails are sent here yet; come back later");
  return give(sql, kit, actor, r, "email", email);
}

/** As `giveEmail`, for a telephone. */
export async function givePhone(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  phone: string,
): Promise<Registration> {
  if (!kit.phones) throw new Problem(409, "PHONE_OFF", "telephones are not asked for here; go on without one");
  return give(sql, kit, actor, r, "phone", phone);
}

/**
 * Makes the address the member's own: its code was right. The index decides, not what was looked up before. Whoever
 * proves an address that another member has gets the answer of a wrong code, and the owner a mail.
 */
export async function proveEmail(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  code: Code,
): Promise<Registration | Refusal> {
  const email = await waitingAddress(kit, r, "email");
  if (email === undefined) return { refused: wrongCode() };
  const at = kit.clock();
  if (!(await claimIndex(sql, kit, r.memberId, "email", email))) {
    await kit.jobs.send(sql, TAKEN_QUEUE, { memberId: r.memberId, registrationId: r.id }, { singletonKey: code.id });
    return { refused: wrongCode() };
  }
  if (!(await spendCode(sql, code, at))) return { refused: wrongCode() };
  await writePersonal(sql, kit, r.memberId, "email", email, at);
  const moved = await take(sql, kit, actor, r, "verify-email", { sealedEmail: null });
  await tell(sql, { event: "EmailVerified", memberId: r.memberId, detail: { registrationId: r.id } }, at);
  return moved;
}

/** As `proveEmail`; several members may share a telephone. */
export async function provePhone(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  code: Code,
): Promise<Registration | Refusal> {
  const phone = await waitingAddress(kit, r, "phone");
  const at = kit.clock();
  if (phone === undefined || !(await spendCode(sql, code, at))) return { refused: wrongCode() };
  await writePersonal(sql, kit, r.memberId, "phone", phone, at);
  return take(sql, kit, actor, r, "verify-phone", { sealedPhone: null });
}
