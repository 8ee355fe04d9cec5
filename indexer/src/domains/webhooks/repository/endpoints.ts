import type { Sql } from "../../../platform/db/pool.ts";
import type { EventName } from "../rules.ts";

export type DisabledBecause = "OWNER" | "GONE" | "FAILING";

export interface Endpoint {
  memberId: string;
  id: string;
  name: string;
  events: EventName[];
  state: "active" | "disabled";
  disabledBecause: DisabledBecause | null;
  sealedUrl: Buffer;
  sealedSecret: Buffer;
  sealedOldSecret: Buffer | null;
  oldUntil: Date | null;
  createdAt: Date;
  activeSince: Date;
  chainBlock: number;
  eventsAt: Date;
  failingSince: Date | null;
}

const columns = `member_id as "memberId", id, name, events, state, disabled_because as "disabledBecause",
  sealed_url as "sealedUrl", sealed_secret as "sealedSecret", sealed_old_secret as "sealedOldSecret", old_until as "oldUntil",
  created_at as "createdAt", active_since as "activeSince", chain_block::integer as "chainBlock", events_at as "eventsAt", failing_since as "failingSince"`;

export async function countEndpoints(sql: Sql, memberId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    "select count(*)::integer as count from app.webhook_endpoints where member_id = $1",
    [memberId],
  );
  return rows[0]?.count ?? 0;
}

const finalBlock = "coalesce((select final_block from ops.checkpoint), 0)";

/** Begins an endpoint: it hears of what comes from now on. */
export async function insertEndpoint(
  sql: Sql,
  e: Pick<Endpoint, "memberId" | "id" | "name" | "events" | "sealedUrl" | "sealedSecret" | "createdAt">,
): Promise<void> {
  await sql.query(
    `insert into app.webhook_endpoints (member_id, id, name, events, state, sealed_url, sealed_secret, created_at,
                                        active_since, chain_block, events_at)
     values ($1, $2, $3, $4, 'active', $5, $6, $7, $7, ${finalBlock}, $7)`,
    [e.memberId, e.id, e.name, e.events, e.sealedUrl, e.sealedSecret, e.createdAt],
  );
}

export async function endpointsOf(sql: Sql, memberId: string): Promise<Endpoint[]> {
  const { rows } = await sql.query<Endpoint>(
    `select ${columns} from app.webhook_endpoints where member_id = $1 order by created_at, id`,
    [memberId],
  );
  return rows;
}

const one = `select ${columns} from app.webhook_endpoints where member_id = $1 and id = $2`;

export async function findEndpoint(sql: Sql, memberId: string, id: string): Promise<Endpoint | undefined> {
  return (await sql.query<Endpoint>(one, [memberId, id])).rows[0];
}

/** An endpoint, locked to the end of the transaction. */
export async function lockEndpoint(sql: Sql, memberId: string, id: string): Promise<Endpoint | undefined> {
  return (await sql.query<Endpoint>(`${one} for update`, [memberId, id])).rows[0];
}

type Name = Pick<Endpoint, "memberId" | "id">;

/** Notes how far an endpoint has been told. */
export async function noteTold(sql: Sql, { memberId, id }: Name, chainBlock: number, eventsAt: Date): Promise<void> {
  await sql.query(
    "update app.webhook_endpoints set chain_block = $3, events_at = $4 where member_id = $1 and id = $2",
    [memberId, id, chainBlock, eventsAt],
  );
}

export async function setEvents(sql: Sql, { memberId, id }: Name, events: EventName[]): Promise<void> {
  await sql.query("update app.webhook_endpoints set events = $3 where member_id = $1 and id = $2", [
    memberId,
    id,
    events,
  ]);
}

/** Switches an endpoint on again: it hears of what comes from now on. */
export async function enable(sql: Sql, { memberId, id }: Name, now: Date): Promise<void> {
  await sql.query(
    `update app.webhook_endpoints set state = 'active', disabled_because = null, failing_since = null, active_since = $3,
            chain_block = greatest(chain_block, ${finalBlock}) where member_id = $1 and id = $2`,
    [memberId, id, now],
  );
}

export async function disable(sql: Sql, { memberId, id }: Name, because: DisabledBecause): Promise<void> {
  await sql.query(
    "update app.webhook_endpoints set state = 'disabled', disabled_because = $3 where member_id = $1 and id = $2",
    [memberId, id, because],
  );
}

export async function noteFailing(sql: Sql, { memberId, id }: Name, since: Date | null): Promise<void> {
  await sql.query("update app.webhook_endpoints set failing_since = $3 where member_id = $1 and id = $2", [
    memberId,
    id,
    since,
  ]);
}

export async function putSecret(
  sql: Sql,
  { memberId, id }: Name,
  secrets: { present: Buffer; old: Buffer; oldUntil: Date },
): Promise<void> {
  await sql.query(
    `update app.webhook_endpoints set sealed_secret = $3, sealed_old_secret = $4, old_until = $5
      where member_id = $1 and id = $2`,
    [memberId, id, secrets.present, secrets.old, secrets.oldUntil],
  );
}

/** @returns whether the member had the endpoint */
export async function dropEndpoint(sql: Sql, memberId: string, id: string): Promise<boolean> {
  await sql.query("delete from app.webhook_deliveries where member_id = $1 and endpoint_id = $2", [memberId, id]);
  const { rowCount } = await sql.query("delete from app.webhook_endpoints where member_id = $1 and id = $2", [
    memberId,
    id,
  ]);
  return rowCount === 1;
}

export async function dropWebhooksOf(sql: Sql, memberId: string): Promise<void> {
  for (const table of ["webhook_deliveries", "webhook_endpoints"]) {
    await sql.query(`delete from app.${table} where member_id = $1`, [memberId]);
  }
}

/** Forgets secrets whose day is over. @returns how many */
export async function dropOldSecrets(sql: Sql, now: Date): Promise<number> {
  const { rowCount } = await sql.query(
    "update app.webhook_endpoints set sealed_old_secret = null, old_until = null where old_until <= $1",
    [now],
  );
  return rowCount ?? 0;
}
