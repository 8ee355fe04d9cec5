import type { Sql } from "../../platform/db/pool.ts";
import type { ExportName, Format } from "./rules.ts";

/**
 * What each export asks for, in the order of a key, so that a block's rows are one text. Columns and their names are a
 * promise to whoever reads them: add, never change. Numbers that may be wider than 53 bits are texts.
 */
const queries: Record<ExportName, string> = {
  validators: `select v.validator_id::integer as "validatorId", v.member_no::integer as "memberNo", v.name,
      v.commission_bps as "commissionBps", v.max_commission_bps as "maxCommissionBps", v.active,
      v.jailed_until::float8 as "jailedUntil", v.tombstoned, v.self_stake::text as "selfStake",
      v.pool_tokens::text as "delegatedStake", v.total_stake::text as "totalStake", v.position_count as "positionCount",
      v.rewards_total::text as "rewardsTotal", v.registered_at::float8 as "registeredAt"
    from chain.validators v order by v.validator_id`,
  delegations: `select p.position_id::text as "positionId", p.member_no::integer as "memberNo",
      p.validator_id::integer as "validatorId", p.shares::text as shares,
      (case when v.pool_gen = p.gen and v.pool_shares > 0 then div(p.shares * v.pool_tokens, v.pool_shares) else 0 end)::text as value,
      p.claimed::text as "claimedRewards", p.auto_compound as "autoCompound", p.since::float8 as since,
      p.closed_at::float8 as "closedAt"
    from chain.positions p join chain.validators v using (validator_id) order by p.member_no, p.position_id`,
  exits: `select request_id::text as "requestId", member_no::integer as "memberNo", validator_id::integer as "validatorId",
      case kind when 0 then 'DELEGATION' else 'SELF_STAKE' end as kind, tokens_at_request::text as "tokensAtRequest",
      requested_at::float8 as "requestedAt", matures_at::float8 as "maturesAt", claimed_at::float8 as "claimedAt",
      paid::text as paid
    from chain.requests order by member_no, request_id`,
  rewards: `select member_no::integer as "memberNo", block_number::integer as "blockNumber", log_index as "logIndex",
      block_time::float8 as at, tx_hash as "transactionHash", upper(kind) as kind, position_id::text as "positionId",
      validator_id::integer as "validatorId", amount::text as amount, paid_to as "paidTo"
    from chain.reward_payments order by member_no, block_number, log_index`,
  credits: `select validator_id::integer as "validatorId", epoch::integer as epoch, self_part::text as "selfPart",
      commission::text as commission, net::text as net, block_number::integer as "blockNumber", block_time::float8 as at
    from chain.reward_credits order by validator_id, epoch`,
  proposals: `select proposal_id::text as "proposalId", proposer, description, vote_start::float8 as "voteStart",
      vote_end::float8 as "voteEnd", for_votes::text as "forVotes", against_votes::text as "againstVotes",
      abstain_votes::text as "abstainVotes", ballots, created_at::float8 as "createdAt", queued_at::float8 as "queuedAt",
      executed_at::float8 as "executedAt", canceled_at::float8 as "canceledAt", block_number::integer as "blockNumber",
      tx_hash as "transactionHash"
    from chain.proposals order by proposal_id`,
  votes: `select proposal_id::text as "proposalId", voter, case kind when 0 then 'BALLOT' else 'OVERRIDE' end as kind,
      (array['AGAINST', 'FOR', 'ABSTAIN'])[support + 1] as support, weight::text as weight, reduced::text as reduced,
      reason, cast_at::float8 as at, block_number::integer as "blockNumber", tx_hash as "transactionHash"
    from chain.ballots order by proposal_id, voter collate "C", kind`,
  slashes: `select validator_id::integer as "validatorId", block_number::integer as "blockNumber", log_index as "logIndex",
      block_time::float8 as at, tau::float8 as "faultAt", self::text as "selfStake", delegated::text as delegated,
      unbonding::text as unbonding
    from chain.slashes order by validator_id, block_number, log_index`,
  commissions: `select validator_id::integer as "validatorId", block_number::integer as "blockNumber",
      log_index as "logIndex", block_time::float8 as at, from_bps as "fromBps", to_bps as "toBps"
    from chain.commission_changes order by validator_id, block_number, log_index`,
};

/** Rows of an export in pieces, from the transaction that `sql` is in; nothing is read before it is asked for. */
export async function* piecesOf(sql: Sql, name: ExportName, size: number, idleMs: number) {
  // A reader that has left without a word must not hold a moment of the database.
  await sql.query(`set local idle_in_transaction_session_timeout = ${idleMs}`);
  await sql.query(`declare pieces no scroll cursor for ${queries[name]}`);
  for (;;) {
    const { rows } = await sql.query<Record<string, unknown>>(`fetch ${size} from pieces`);
    if (rows.length === 0) return;
    yield rows;
  }
}

/** Names of an export's columns, in their order. */
export async function columnsOf(sql: Sql, name: ExportName): Promise<string[]> {
  const { fields } = await sql.query(`select * from (${queries[name]}) q limit 0`);
  return fields.map((field) => field.name);
}

export interface Finished {
  name: ExportName;
  format: Format;
  block: { number: number; hash: string };
  rows: number;
  bytes: number;
  sha256: Buffer;
}

/** Keeps what a finished export was. @returns whether that is what every other one of this block was */
export async function keepDigest(sql: Sql, one: Finished, at: Date): Promise<boolean> {
  const { rows } = await sql.query<{ sha256: Buffer }>(
    `insert into app.export_digests as d (name, format, block_number, block_hash, rows, bytes, sha256, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (name, format, block_number, block_hash) do update set made_at = excluded.made_at returning d.sha256`,
    [one.name, one.format, one.block.number, one.block.hash, one.rows, one.bytes, one.sha256, at],
  );
  return rows[0]?.sha256.equals(one.sha256) === true;
}

/** What a finished export was: that of a block, or the newest. */
export async function digestOf(
  sql: Sql,
  name: ExportName,
  format: Format,
  block: number | undefined,
): Promise<Finished | undefined> {
  const { rows } = await sql.query<{
    block_number: string;
    block_hash: string;
    rows: string;
    bytes: string;
    sha256: Buffer;
  }>(
    `select block_number, block_hash, rows, bytes, sha256 from app.export_digests
      where name = $1 and format = $2 and ($3::bigint is null or block_number = $3)
      order by block_number desc, made_at desc limit 1`,
    [name, format, block ?? null],
  );
  const row = rows[0];
  const at = row && { number: Number(row.block_number), hash: row.block_hash };
  return row && at && { name, format, block: at, rows: Number(row.rows), bytes: Number(row.bytes), sha256: row.sha256 };
}

/** Forgets digests that were told long ago. @returns how many */
export async function pruneDigests(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.export_digests where made_at < $1", [before]);
  return rowCount ?? 0;
}
