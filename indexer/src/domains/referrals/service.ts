import { randomBytes } from "node:crypto";
import type { MemberActor } from "../../platform/access/door.ts";
import { acrossMembers } from "../../platform/access/scope.ts";
import type { Sql } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { lockReferral, ownerOf, putLetIn, putReferrer } from "./repository.ts";
import { normalCode } from "./rules.ts";

/** 128 bits: nobody guesses one, and no two are ever alike. */
const CODE_BYTES = 16;
/** A code begins with a letter: no program that reads an address takes it for a number. */
const newCode = () => `r${randomBytes(CODE_BYTES).toString("hex")}`;

/**
 * Remembers by whose code somebody comes, in the transaction that begins a registration; the last code before being let
 * in counts. A code that is nobody's is passed over in silence.
 *
 * Whoever has a code was let in, and whoever was let in comes by no code any more: a member comes only by somebody who
 * was let in before it, so that neither oneself nor a circle is possible.
 */
export async function noteReferral(
  sql: Sql,
  { clock, audit }: Pick<Kit, "clock" | "audit">,
  actor: MemberActor,
  code: string,
): Promise<void> {
  const { memberId } = actor;
  const { isLetIn } = await lockReferral(sql, memberId);
  const referrerId = await acrossMembers(() => ownerOf(sql, normalCode(code)));
  if (isLetIn || referrerId === undefined) return;
  const at = clock();
  await putReferrer(sql, memberId, referrerId, at);
  await audit.append(sql, actor, { action: "referral.note", subjectId: memberId }, at);
}

/** Gives whoever is let in a code, in the transaction that lets it in. */
export const noteLetIn = (sql: Sql, memberId: string, at: Date): Promise<void> =>
  putLetIn(sql, memberId, newCode(), at);
