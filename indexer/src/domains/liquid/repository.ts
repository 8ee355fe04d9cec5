import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

export interface VaultRow {
  member_no: string | null;
  shares: string;
  cap_bps: number;
  harvested: string;
  holders: number;
}

/** The vault's totals; undefined before anything happened to it. */
export async function vault(reader: Sql): Promise<VaultRow | undefined> {
  const { rows } = await reader.query<VaultRow>("select * from chain.liquid_vault where id = 1");
  return rows[0];
}

export interface AllocationRow {
  validator_id: string;
  listed: boolean;
  position_id: string | null;
  allocated: string;
  deallocated: string;
}

/** Validators that the vault lists or ever delegated to. */
export async function allocations(reader: Sql): Promise<AllocationRow[]> {
  const { rows } = await reader.query<AllocationRow>("select * from chain.liquid_allocations order by validator_id");
  return rows;
}

/** Shares of a holder; "0" for a stranger. */
export async function sharesOf(reader: Sql, account: string): Promise<string> {
  const { rows } = await reader.query<{ shares: string }>(
    "select shares from chain.liquid_holders where account = $1",
    [account],
  );
  return rows[0]?.shares ?? "0";
}

export interface RedemptionRow {
  request_id: string;
  owner: string;
  shares: string;
  assets_at_request: string;
  requested_at: string;
}

/** The latest redemptions of a controller, newest first. */
export async function redemptionsOf(reader: Sql, controller: string, count: number): Promise<RedemptionRow[]> {
  const { rows } = await reader.query<RedemptionRow>(
    "select * from chain.liquid_redemptions where controller = $1 order by request_id desc limit $2",
    [controller, count],
  );
  return rows;
}

export interface MovementRow {
  kind: number;
  assets: string;
  shares: string;
  block_time: string;
  block_number: string;
  log_index: number;
  tx_hash: string;
}

/** A page of a holder's movements, newest first, one row more than asked for. */
export async function movementsOf(reader: Sql, account: string, page: Page): Promise<MovementRow[]> {
  const { rows } = await reader.query<MovementRow>(
    `select * from chain.liquid_movements where account = $1
       and ($2::bigint is null or (block_number, log_index) < ($2, $3::int))
     order by block_number desc, log_index desc limit $4`,
    [account, ...(page.after ?? [null, null]), page.limit + 1],
  );
  return rows;
}
