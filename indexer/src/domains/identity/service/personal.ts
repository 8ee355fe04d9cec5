import { acrossMembers } from "../../../platform/access/scope.ts";
import { blindIndex, blindIndexes, type IndexKind } from "../../../platform/crypto/blind-index.ts";
import type { Place } from "../../../platform/crypto/envelope.ts";
import type { KeyProvider } from "../../../platform/crypto/keys/provider.ts";
import type { Purpose, Seals } from "../../../platform/crypto/seals.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import {
  dropIndexes,
  dropPersonalFields,
  holderOf,
  personalOf,
  putPersonal,
  takeIndex,
} from "../repository/personal.ts";

/** What we may know of a person; each is sealed. */
export const personalFields = [
  "email",
  "phone",
  "legal_name",
  "latin_name",
  "birth_date",
  "nationality",
  "address",
  "registration_number",
] as const;
export type PersonalField = (typeof personalFields)[number];

const PURPOSE: Purpose = "profile";
const placeOf = (memberId: string, field: PersonalField): Place => ({
  table: "app.member_personal",
  column: field,
  memberId,
  rowId: memberId,
});

interface Parts {
  seals: Seals;
  keys: KeyProvider;
}

/** Writes one field, sealed, in the caller's transaction. @throws KeyDestroyed for a member that was erased */
export async function writePersonal(
  sql: Sql,
  { seals }: Parts,
  memberId: string,
  field: PersonalField,
  text: string,
  at: Date,
): Promise<void> {
  await putPersonal(sql, memberId, field, await seals.seal(PURPOSE, placeOf(memberId, field), text), at);
}

/**
 * Opens fields of a member; those that were never written are absent. Whoever calls it has asked `permit` and leaves an
 * audit entry.
 * @throws KeyDestroyed for a member that was erased
 */
export async function readPersonal(
  sql: Sql,
  { seals }: Parts,
  memberId: string,
  fields: readonly PersonalField[],
): Promise<Partial<Record<PersonalField, string>>> {
  const sealed = await personalOf(sql, memberId, fields);
  const opened: Partial<Record<PersonalField, string>> = {};
  for (const field of fields) {
    const value = sealed.get(field);
    if (value) opened[field] = await seals.open(PURPOSE, placeOf(memberId, field), value);
  }
  return opened;
}

/** Makes a value unique to a member. @returns false if it is another member's */
export async function claimIndex(
  sql: Sql,
  { keys }: Parts,
  memberId: string,
  kind: IndexKind,
  text: string,
): Promise<boolean> {
  const known = await blindIndexes(keys, kind, text);
  const holder = await acrossMembers(() => holderOf(sql, known));
  if (holder !== undefined && holder !== memberId) return false;
  await dropIndexes(sql, memberId, kind);
  const own = await blindIndex(keys, kind, text);
  return acrossMembers(() => takeIndex(sql, own, memberId));
}

/** Whose a value is; undefined if nobody's. */
export const memberBy = async (sql: Sql, { keys }: Parts, kind: IndexKind, text: string): Promise<string | undefined> =>
  holderOf(sql, await blindIndexes(keys, kind, text));

/** Forgets fields of a member, and what finds the member by them. */
export async function erasePersonal(sql: Sql, memberId: string, fields: readonly PersonalField[]): Promise<void> {
  await dropPersonalFields(sql, memberId, fields);
  for (const field of fields) await dropIndexes(sql, memberId, field);
}
