import { granted, permit, permitFilter, projected } from "../../../platform/access/decide.ts";
import type { Context } from "../../../platform/graphql/context.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { walletsOf } from "../repository.ts";
import { isReference, type RevealReason, readIdentity, revealIdentity, shortenedFields } from "../rules.ts";
import { accountIdOf, type MemberNode } from "../service.ts";
import { memberBy, type PersonalField, readPersonal } from "./personal.ts";

const names = Object.keys(shortenedFields) as PersonalField[];

type Told = Record<PersonalField, string | null>;

const node = (told: Told, masked: boolean) => ({
  masked,
  ...{ email: told.email, phone: told.phone, legalName: told.legal_name, latinName: told.latin_name },
  ...{ birthDate: told.birth_date, nationality: told.nationality, address: told.address },
  registrationNumber: told.registration_number,
});

export interface IdentityArgs {
  full?: boolean | null;
  reason?: RevealReason | null;
  reference?: string | null;
}

/** Why somebody of the staff looks. @throws {Problem} 422 REASON_MISSING or REFERENCE_INVALID */
function whyOf({ reason, reference }: IdentityArgs) {
  if (!reason) throw new Problem(422, "REASON_MISSING", "say why you need to know it");
  if (reference && !isReference(reference)) {
    throw new Problem(422, "REFERENCE_INVALID", "a reference is 3 to 40 capital letters, digits, - and /");
  }
  return { reason, ...(reference && { reference }) };
}

/**
 * Who a member is. Each look at it stands in the audit trail, with the reason that somebody of the staff gave.
 * @throws {Problem} 401 SIGN_IN_REQUIRED or STEP_UP_REQUIRED, 403 FORBIDDEN, 422 as {@link whyOf}
 */
export async function identityOf(member: MemberNode, { full, reason, reference }: IdentityArgs, context: Context) {
  const { actor, kit, requestId } = context.people();
  const [memberId, now] = [await accountIdOf(member, context), kit.clock()];
  const verb = full ? revealIdentity : readIdentity;
  permit(actor, verb, now, memberId ?? undefined);
  if (!memberId) return null;
  const isOwn = granted(actor, ["self"], memberId);
  const why = full && !isOwn ? whyOf({ reason, reference }) : {};
  const told = await readPersonal(kit.pool, kit, memberId, names);
  const detail = { fields: Object.keys(told).join(" "), own: isOwn, ...why };
  await kit.audit.append(kit.pool, actor, { action: verb.name, subjectId: memberId, requestId, detail }, now);
  const all = Object.fromEntries(names.map((name) => [name, told[name] ?? null])) as Told;
  return node(full ? all : projected(actor, shortenedFields, all, memberId), full !== true);
}

/** Wallets of the member with this e-mail address; none if there is no such member. @throws {Problem} 403 FILTER_FORBIDDEN */
export async function walletsByEmail(email: string, context: Context): Promise<string[]> {
  permitFilter(context.actor, "email", shortenedFields.email);
  const { actor, kit, requestId } = context.people();
  const memberId = await memberBy(kit.pool, kit, "email", email);
  const act = { action: "identity.find", requestId, ...(memberId && { subjectId: memberId }), detail: { by: "email" } };
  await kit.audit.append(kit.pool, actor, act, kit.clock());
  return memberId ? walletsOf(kit.pool, memberId) : [];
}
