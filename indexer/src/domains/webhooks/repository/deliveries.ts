import { randomUUID } from "node:crypto";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Endpoint } from "./endpoints.ts";

export interface Delivery {
  memberId: string;
  endpointId: string;
  id: string;
  event: string;
  data: Record<string, unknown>;
  happenedAt: Date;
  state: "waiting" | "delivered" | "failed";
  attempts: number;
  nextAt: Date | null;
  createdAt: Date;
  lastAttemptAt: Date | null;
  lastStatus: number | null;
  /** A code of ours, where no answer came. */
  lastProblem: string | null;
  lastMs: number | null;
}

/** Something that happened, to be handed out. */
export interface Happening {
  event: string;
  key: string;
  data: Record<string, unknown>;
  at: Date;
}

const columns = `member_id as "memberId", endpoint_id as "endpointId", id, event, data, happened_at as "happenedAt", state,
  attempts, next_at as "nextAt", created_at as "createdAt", last_attempt_at as "lastAttemptAt", last_status as "lastStatus",
  last_problem as "lastProblem", last_ms as "lastMs"`;

/** Hands happenings out to an endpoint, each once. @returns ids of the new deliveries */
export async function insertDeliveries(
  sql: Sql,
  { memberId, id }: Pick<Endpoint, "memberId" | "id">,
  happenings: Happening[],
  now: Date,
): Promise<string[]> {
  if (happenings.length === 0) return [];
  const rows = happenings.map(({ event, key, data, at }) => ({ id: randomUUID(), event, key, data, at }));
  const { rows: made } = await sql.query<{ id: string }>(
    `insert into app.webhook_deliveries (member_id, endpoint_id, id, event, event_key, data, happened_at, state, attempts,
                                         next_at, created_at)
     select $1, $2, n.id, n.event, n.key, n.data, n.at, 'waiting', 0, $4, $4
       from jsonb_to_recordset($3::jsonb) as n(id uuid, event text, key text, data jsonb, at timestamptz)
     on conflict (member_id, endpoint_id, event_key) do nothing returning id`,
    [memberId, id, JSON.stringify(rows), now],
  );
  return made.map((row) => row.id);
}

export type Name = Pick<Delivery, "memberId" | "endpointId" | "id">;
const named = "member_id = $1 and endpoint_id = $2 and id = $3";

/**
 * Takes a delivery that is due, and counts the attempt, before anything is sent: two workers send once. Until `until` it
 * is this caller's; then somebody else may, for whoever had it has died.
 */
export async function claim(
  sql: Sql,
  { memberId, endpointId, id }: Name,
  { now, due, until }: { now: Date; due: Date; until: Date },
): Promise<Delivery | undefined> {
  const { rows } = await sql.query<Delivery>(
    `update app.webhook_deliveries set attempts = attempts + 1, last_attempt_at = $4, next_at = $6
      where ${named} and state = 'waiting' and next_at <= $5 returning ${columns}`,
    [memberId, endpointId, id, now, due, until],
  );
  return rows[0];
}

/** What came of an attempt. */
export interface Attempted {
  state: Delivery["state"];
  nextAt: Date | null;
  status: number | null;
  problem: string | null;
  ms: number;
  at: Date;
}

/** Notes what came of attempt number `attempts`. @returns whether it still was that attempt's to say */
export async function noteAttempt(
  sql: Sql,
  { memberId, endpointId, id, attempts }: Name & Pick<Delivery, "attempts">,
  a: Attempted,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.webhook_deliveries set state = $5, next_at = $6, last_status = $7, last_problem = $8, last_ms = $9,
            ended_at = case when $5 <> 'waiting' then $10::timestamptz end
      where ${named} and attempts = $4 and state = 'waiting'`,
    [memberId, endpointId, id, attempts, a.state, a.nextAt, a.status, a.problem, a.ms, a.at],
  );
  return rowCount === 1;
}

/** Ends what waits for an endpoint that is switched off. */
export async function endWaiting(sql: Sql, memberId: string, endpointId: string, now: Date): Promise<void> {
  await sql.query(
    `update app.webhook_deliveries set state = 'failed', next_at = null, last_problem = 'DISABLED', ended_at = $3
      where member_id = $1 and endpoint_id = $2 and state = 'waiting'`,
    [memberId, endpointId, now],
  );
}

/** Lets a delivery that has ended begin anew, under its own id. @returns whether it had ended */
export async function beginAgain(sql: Sql, { memberId, endpointId, id }: Name, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.webhook_deliveries set state = 'waiting', attempts = 0, next_at = $4, ended_at = null
      where ${named} and state <> 'waiting'`,
    [memberId, endpointId, id, now],
  );
  return rowCount === 1;
}

/** Deliveries of an endpoint, the newest first. */
export async function deliveriesOf(sql: Sql, memberId: string, endpointId: string, limit: number): Promise<Delivery[]> {
  const { rows } = await sql.query<Delivery>(
    `select ${columns} from app.webhook_deliveries where member_id = $1 and endpoint_id = $2
      order by created_at desc, id limit $3`,
    [memberId, endpointId, limit],
  );
  return rows;
}
