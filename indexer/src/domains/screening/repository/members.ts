import type { Sql } from "../../../platform/db/pool.ts";

/** Members whose wallet an entry of a version names, and which. */
export interface ListedWallet {
  memberId: string;
  list: string;
  entryId: string;
  digest: Buffer;
  caption: string;
  address: string;
}

const listed = `
  select w.member_id as "memberId", v.list, s.entry_id as "entryId", e.digest, e.entry->'names'->>0 as caption, w.address
    from app.screening_versions v
    join app.screening_wallets s on s.version_id = v.id
    join app.screening_entries e on e.version_id = s.version_id and e.entry_id = s.entry_id
    join app.member_wallets w on w.address = s.address
   where v.state = 'in_force'`;

/** Wallets of a member that a list in force names. */
export async function listedWalletsOf(sql: Sql, memberId: string): Promise<ListedWallet[]> {
  const { rows } = await sql.query<ListedWallet>(`${listed} and w.member_id = $1`, [memberId]);
  return rows;
}

/** Members with a wallet that a version says anew. */
export async function membersListedBy(sql: Sql, versionId: string): Promise<string[]> {
  const { rows } = await sql.query<ListedWallet>(`${listed} and v.id = $1 and e.is_changed`, [versionId]);
  return [...new Set(rows.map(({ memberId }) => memberId))];
}

/** Members who have said who they are, in the order of their ids, after one of them. */
export async function namedMembersAfter(sql: Sql, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct member_id as id from app.member_personal
      where field in ('legal_name', 'latin_name') and member_id > $1 order by id limit $2`,
    [after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Whether one of the member's wallets is a contract, and whether the member has any. */
export async function walletsOf(sql: Sql, memberId: string): Promise<{ isContract: boolean }[]> {
  const { rows } = await sql.query<{ isContract: boolean }>(
    `select is_contract as "isContract" from app.member_wallets where member_id = $1`,
    [memberId],
  );
  return rows;
}

/** Keeps two screenings of one member apart, to the end of the transaction. */
export async function lockMember(sql: Sql, memberId: string): Promise<void> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended('screening of ' || $1, 0))", [memberId]);
}
