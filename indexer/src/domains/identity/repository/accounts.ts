import type { Sql } from "../../../platform/db/pool.ts";

export interface Account {
  memberId: string;
  isContract: boolean;
}

/** Whose wallet it is; undefined for a stranger's. @param address lower case */
export async function accountOf(sql: Sql, address: string): Promise<Account | undefined> {
  const { rows } = await sql.query<{ member_id: string; is_contract: boolean }>(
    "select member_id, is_contract from app.member_wallets where address = $1",
    [address],
  );
  return rows[0] && { memberId: rows[0].member_id, isContract: rows[0].is_contract };
}

/** Makes an account unless the wallet has one already. @returns whether it was made */
export async function insertAccount(
  sql: Sql,
  account: { memberId: string; address: string; isContract: boolean; at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.member_wallets (address, member_id, is_contract, added_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [account.address, account.memberId, account.isContract, account.at],
  );
  if (rowCount === 0) return false;
  await sql.query("insert into app.members (id, created_at, last_activity_at) values ($1, $2, $2)", [
    account.memberId,
    account.at,
  ]);
  return true;
}
