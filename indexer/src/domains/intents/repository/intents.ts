import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kind, Seen, State } from "../rules.ts";

/** One call for a wallet. */
export interface Step {
  /** `approve` lets a contract take tokens; `act` is what was asked for, and comes last. */
  name: "approve" | "act";
  to: string;
  data: string;
  /** Wei, as digits; none of ours takes any. */
  value: string;
}

/** The event that tells of an act. */
export interface Expected {
  event: string;
  /** Whom the event concerns, where it says so. */
  memberNo: number | null;
  /** Arguments by which it is known, as the mirror writes them. */
  args: Record<string, string>;
}

export interface TxIntent {
  memberId: string;
  id: string;
  kind: Kind;
  state: State;
  chainId: number;
  account: string | null;
  isContractWallet: boolean;
  steps: Step[];
  expected: Expected;
  fromBlock: number;
  createdAt: Date;
  expiresAt: Date;
  txHash: string | null;
  submittedAt: Date | null;
  blockNumber: number | null;
  blockHash: string | null;
  logIndex: number | null;
}

type Row = Omit<TxIntent, "chainId" | "fromBlock" | "blockNumber"> & {
  chainId: string;
  fromBlock: string;
  blockNumber: string | null;
};

const columns = `member_id as "memberId", id, kind, state, chain_id as "chainId", account,
  is_contract_wallet as "isContractWallet", steps, expected, from_block as "fromBlock", created_at as "createdAt",
  expires_at as "expiresAt", tx_hash as "txHash", submitted_at as "submittedAt", block_number as "blockNumber",
  block_hash as "blockHash", log_index as "logIndex"`;

const intentOf = (row: Row): TxIntent => ({
  ...row,
  chainId: Number(row.chainId),
  fromBlock: Number(row.fromBlock),
  blockNumber: row.blockNumber === null ? null : Number(row.blockNumber),
});

export async function insertIntent(sql: Sql, i: TxIntent): Promise<void> {
  await sql.query(
    `insert into app.tx_intents (member_id, id, kind, state, chain_id, account, is_contract_wallet, steps, expected,
       from_block, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ${RINGS}`,
    [
      ...[i.memberId, i.id, i.kind, i.state, i.chainId, i.account, i.isContractWallet, JSON.stringify(i.steps)],
      ...[JSON.stringify(i.expected), i.fromBlock, i.createdAt, i.expiresAt],
    ],
  );
}

/** A member's intents, the newest first. */
export async function intentsOf(sql: Sql, memberId: string, limit: number): Promise<TxIntent[]> {
  const { rows } = await sql.query<Row>(
    `select ${columns} from app.tx_intents where member_id = $1 order by created_at desc, id limit $2`,
    [memberId, limit],
  );
  return rows.map(intentOf);
}

/**
 * One intent of a member, locked to the end of the transaction, and with it which events confirm the member's others: two
 * that ask for the same act must not be found by one event.
 */
export async function lockIntent(sql: Sql, memberId: string, id: string): Promise<TxIntent | undefined> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`intents|${memberId}`]);
  const { rows } = await sql.query<Row>(
    `select ${columns} from app.tx_intents where member_id = $1 and id = $2 for update`,
    [memberId, id],
  );
  return rows[0] && intentOf(rows[0]);
}

/**
 * Ends a member's oldest intents that nobody has told of, so that `keep` stay open: whoever asks again and again is never
 * refused for it, and never many to look for.
 * @returns those that ended
 */
export async function crowdOut(
  sql: Sql,
  memberId: string,
  keep: number,
  at: Date,
): Promise<{ id: string; kind: Kind }[]> {
  const { rows } = await sql.query<{ id: string; kind: Kind }>(
    `update app.tx_intents set state = 'EXPIRED', closed_at = $3
      where member_id = $1 and state = 'PENDING' and id in (
        select id from app.tx_intents where member_id = $1 and state = 'PENDING' order by created_at desc, id offset $2)
      returning id, kind`,
    [memberId, keep, at],
  );
  return rows;
}

/** Notes what the owner says of its transaction. */
export async function noteHash(sql: Sql, i: TxIntent, hash: string, at: Date): Promise<void> {
  await sql.query(
    `update app.tx_intents set state = 'SUBMITTED', tx_hash = $3, submitted_at = $4
      where member_id = $1 and id = $2 ${RINGS}`,
    [i.memberId, i.id, hash, at],
  );
}

/** Notes where an intent stands, and by which event. A transaction that was found and not told is as good as its block. */
export async function noteState(sql: Sql, i: TxIntent, state: State, seen: Seen | undefined, at: Date): Promise<void> {
  await sql.query(
    `update app.tx_intents
        set state = $3, block_number = $4, block_hash = $5, log_index = $6,
            tx_hash = case when submitted_at is null then $7 else tx_hash end,
            closed_at = case when $3 in ('CONFIRMED', 'EXPIRED') then $8::timestamptz end
      where member_id = $1 and id = $2 ${RINGS}`,
    [i.memberId, i.id, state, seen?.block ?? null, seen?.hash ?? null, seen?.logIndex ?? null, seen?.tx ?? null, at],
  );
}

/** Forgets intents that ended before `before`. @returns how many */
export async function pruneIntents(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.tx_intents where closed_at < $1", [before]);
  return rowCount ?? 0;
}

/** Forgets what was prepared for a member. */
export async function forgetIntents(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.appeal_statements where member_id = $1", [memberId]);
  await sql.query("delete from app.tx_intents where member_id = $1", [memberId]);
}
