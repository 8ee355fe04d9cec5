import { type Sql, tryLock } from "./pool.ts";

/** Days that relayed announcements are kept. */
export const KEPT_DAYS = 7;
/** Any constant: all relays must agree on it. */
const RELAY_LOCK = 7_261_003;

/** Something to tell the world outside. */
export interface Announcement {
  blockNumber: number;
  blockHash: string;
  logIndex: number;
  event: string;
  /** Values as JSON; whole numbers as strings. */
  payload: object;
}

/**
 * Up to which block nothing is announced any more.
 * @param history Where nothing was ever announced, all blocks up to it are history, of which nobody waits to be told.
 */
export async function horizon(sql: Sql, history: number): Promise<number> {
  const { rows } = await sql.query<{ block_number: string }>(
    `update ops.outbox_horizon
        set block_number = case when block_number >= 0 or exists (select 1 from ops.outbox) then block_number else greatest($1, -1) end
     returning block_number`,
    [history],
  );
  return Number(rows[0]?.block_number ?? -1);
}

/**
 * Announces events in the transaction that makes them true. What still stands announced, or was announced so long ago
 * that it has been forgotten, is not announced again: a replay is silent.
 */
export async function announce(sql: Sql, events: Announcement[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((one) => ({
    block_number: one.blockNumber,
    block_hash: one.blockHash,
    log_index: one.logIndex,
    event: one.event,
    payload: one.payload,
  }));
  await sql.query(
    `insert into ops.outbox (block_number, block_hash, log_index, event, payload)
     select block_number, block_hash, log_index, event, payload
       from jsonb_to_recordset($1::jsonb) as n(block_number bigint, block_hash text, log_index integer, event text, payload jsonb)
      where block_number > (select block_number from ops.outbox_horizon)
        and not exists (
          select 1 from ops.outbox o
           where o.block_number = n.block_number and o.log_index = n.log_index and o.block_hash = n.block_hash and o.retracts is null
             and not exists (select 1 from ops.outbox r where r.retracts = o.id))
      order by block_number, log_index`,
    [JSON.stringify(rows)],
  );
}

const retraction = `
  insert into ops.outbox (block_number, block_hash, log_index, event, retracts, payload)
  select o.block_number, o.block_hash, o.log_index, o.event, o.id, o.payload from ops.outbox o
   where o.retracts is null and not exists (select 1 from ops.outbox r where r.retracts = o.id)`;

/** Takes back what was announced of blocks above `ancestor`, newest first, once per occurrence. */
export async function retractAbove(sql: Sql, ancestor: number): Promise<void> {
  await sql.query(`${retraction} and o.block_number > $1 order by o.id desc`, [ancestor]);
}

/** Takes back what was announced of blocks that a complete mirror does not contain. */
export async function retractStrangers(sql: Sql): Promise<void> {
  await sql.query(
    `${retraction} and not exists (select 1 from chain.blocks b where b.number = o.block_number and b.hash = o.block_hash) order by o.id desc`,
  );
}

export interface Pending {
  id: string;
  event: string;
  /** Announcement that this one takes back. */
  retracts: string | null;
  block_number: string;
  block_hash: string;
  log_index: number;
  payload: object;
}

/**
 * Marks up to `limit` announcements as relayed and returns them in order; the caller's transaction makes both true.
 * One relay at a time, so that order survives several workers: the others get nothing.
 */
export async function takePending(sql: Sql, limit: number): Promise<Pending[]> {
  if (!(await tryLock(sql, RELAY_LOCK))) return [];
  const { rows } = await sql.query<Pending>(
    `with next as (select id from ops.outbox where relayed_at is null order by id limit $1),
     taken as (
       update ops.outbox o set relayed_at = now() from next where o.id = next.id
       returning o.id, o.event, o.retracts, o.block_number, o.block_hash, o.log_index, o.payload
     ) select * from taken order by id`,
    [limit],
  );
  return rows;
}

const RELAYED = `from ops.outbox
  where relayed_at < now() - make_interval(days => $1) and block_number <= (select final_block from ops.checkpoint)`;

/** Forgets announcements relayed more than `days` ago that no reorganisation can retract any more. @returns how many. */
export async function pruneOutbox(sql: Sql, days = KEPT_DAYS): Promise<number> {
  const { rows } = await sql.query<{ count: string }>(
    `with gone as (delete ${RELAYED} returning block_number), moved as (
       update ops.outbox_horizon set block_number = greatest(block_number, coalesce((select max(block_number) from gone), -1))
     ) select count(*) as count from gone`,
    [days],
  );
  return Number(rows[0]?.count ?? 0);
}

/** How many announcements `pruneOutbox` would forget. */
export async function countRelayed(sql: Sql, days: number): Promise<number> {
  const { rows } = await sql.query<{ count: string }>(`select count(*) as count ${RELAYED}`, [days]);
  return Number(rows[0]?.count);
}

/** Where it is told that something of a member has changed: its id alone, once per transaction, when that stands. */
export const MEMBER_CHANNEL = "tburn_member";

/** End of a statement that changes rows with a `member_id`: whoever follows that member looks again. */
export const RINGS = `returning pg_notify('${MEMBER_CHANNEL}', member_id::text)`;

/** Something that happened to a member off the chain; ids and plain facts only. */
export interface MemberEvent {
  /** Past tense, as the specification names it (seed §8). */
  event: string;
  memberId: string;
  detail?: Record<string, string | number | boolean | null>;
}

/** Tells an event in the transaction that makes it true. */
export async function tell(sql: Sql, { event, memberId, detail }: MemberEvent, at: Date): Promise<void> {
  await sql.query(`insert into app.events (at, event, member_id, detail) values ($1, $2, $3, $4) ${RINGS}`, [
    at,
    event,
    memberId,
    detail ?? {},
  ]);
}
