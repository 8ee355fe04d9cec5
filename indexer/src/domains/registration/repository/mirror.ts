import type { Hex } from "viem";
import { type ConsensusKey, keyTypes } from "../../../platform/crypto/wallet/consensus-key.ts";
import type { Sql } from "../../../platform/db/pool.ts";

/** Level of the identity attested on chain for any wallet of the member, 0 for none that is valid at `now`. */
export async function attestedLevel(sql: Sql, memberId: string, now: Date): Promise<number> {
  const { rows } = await sql.query<{ level: number | null }>(
    `select max(m.kyc_level) as level from app.member_wallets w join chain.members m on m.owner = w.address
      where w.member_id = $1 and m.kyc_valid_until > extract(epoch from $2::timestamptz)`,
    [memberId, now],
  );
  return rows[0]?.level ?? 0;
}

/** What a member has put in and not taken out again, by events; base units. */
export interface MirroredStake {
  /** In all blocks that stand. */
  seen: bigint;
  /** In blocks that nothing takes back. */
  final: bigint;
  /** The last one that put something in and is not taken back. */
  last: { block: number; hash: string; tx: string } | undefined;
  finalBlock: number;
}

/** @param own Counts only what validators stake themselves. Undefined before the mirror's first block. */
export async function mirroredStake(sql: Sql, memberId: string, own: boolean): Promise<MirroredStake | undefined> {
  const { rows } = await sql.query<{
    seen: string;
    final: string;
    final_block: string;
    block: string | null;
    hash: string | null;
    tx: string | null;
  }>(
    `with moved as (
       select a.block_number, a.log_index, a.tx_hash, a.event <> 'TokensUnstaked' as is_in,
              case when a.event = 'TokensUnstaked' then -(a.args->>'tokens')::numeric(78, 0)
                   else (a.args->>'tokens')::numeric(78, 0) end as tokens
         from app.member_wallets w
         join chain.members m on m.owner = w.address
         join chain.activity a on a.member_no = m.member_no
        where w.member_id = $1
          and (a.event = 'TokensStaked' or (a.event = 'TokensUnstaked' and a.args->>'kind' = '1')
            or (not $2 and (a.event = 'StakeDelegated' or (a.event = 'TokensUnstaked' and a.args->>'kind' = '0'))))
     ), last as (
       select moved.* from moved, ops.checkpoint c where is_in and moved.block_number <= c.final_block
        order by moved.block_number desc, log_index desc limit 1
     )
     select c.final_block, coalesce((select sum(tokens) from moved), 0) as seen,
            coalesce((select sum(tokens) from moved where moved.block_number <= c.final_block), 0) as final,
            l.block_number as block, b.hash, l.tx_hash as tx
       from ops.checkpoint c left join last l on true left join chain.blocks b on b.number = l.block_number`,
    [memberId, own],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { block, hash, tx } = row;
  return {
    seen: BigInt(row.seen),
    final: BigInt(row.final),
    last: block !== null && hash !== null && tx !== null ? { block: Number(block), hash, tx } : undefined,
    finalBlock: Number(row.final_block),
  };
}

/** Whether the member runs a validator, by the newest block. */
export async function runsValidator(sql: Sql, memberId: string): Promise<boolean> {
  const { rows } = await sql.query<{ runs: boolean }>(
    `select exists (select 1 from app.member_wallets w join chain.members m on m.owner = w.address
                      join chain.validators v on v.member_no = m.member_no where w.member_id = $1) as runs`,
    [memberId],
  );
  return rows[0]?.runs === true;
}

/** The validator that a member runs, by the newest block, and the key that signs for it. */
export async function ownValidator(
  sql: Sql,
  memberId: string,
): Promise<(ConsensusKey & { validatorId: number }) | undefined> {
  const { rows } = await sql.query<{ validator_id: number; key_type: number; consensus_key: Hex }>(
    `select v.validator_id::integer, v.key_type, v.consensus_key
       from app.member_wallets w join chain.members m on m.owner = w.address
       join chain.validators v on v.member_no = m.member_no
      where w.member_id = $1 order by v.validator_id desc limit 1`,
    [memberId],
  );
  const keyType = rows[0] && keyTypes[rows[0].key_type];
  if (!rows[0] || !keyType) return undefined;
  return { validatorId: rows[0].validator_id, keyType, consensusKey: rows[0].consensus_key };
}
