import { randomUUID } from "node:crypto";
import type { Sql } from "../../../platform/db/pool.ts";
import { type Account, accountOf, insertAccount } from "../repository/accounts.ts";

/** Whose wallet it is; undefined for a stranger's. */
export const accountOfWallet = (sql: Sql, address: string): Promise<Account | undefined> =>
  accountOf(sql, address.toLowerCase());

/** The account of a wallet that has just proved itself, made at its first sign-in. One wallet, one account, whatever the race. */
export async function accountFor(sql: Sql, address: string, isContract: boolean, at: Date): Promise<Account> {
  const lower = address.toLowerCase();
  const known = await accountOf(sql, lower);
  if (known) return known;
  await insertAccount(sql, { memberId: randomUUID(), address: lower, isContract, at });
  const made = await accountOf(sql, lower);
  if (!made) throw new Error("an account was made and is not there");
  return made;
}
