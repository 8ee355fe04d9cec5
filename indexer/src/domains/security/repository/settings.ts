import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";

/** From where, and for how long, a member lets itself be signed in. */
export interface SettingsRow {
  /** Sealed; null is everywhere. */
  networks: Buffer | null;
  /** What addresses are compared with. */
  networkMarks: Buffer[];
  /** Hours; null is the service's own limit. */
  sessionHours: number | null;
}

export async function settingsOf(sql: Sql, memberId: string): Promise<SettingsRow> {
  const { rows } = await sql.query<SettingsRow>(
    `select networks, network_marks as "networkMarks", session_hours as "sessionHours"
       from app.security_settings where member_id = $1`,
    [memberId],
  );
  return rows[0] ?? { networks: null, networkMarks: [], sessionHours: null };
}

export async function putSettings(sql: Sql, memberId: string, s: SettingsRow, at: Date): Promise<void> {
  await sql.query(
    `insert into app.security_settings (member_id, networks, network_marks, session_hours, changed_at)
     values ($1, $2, $3, $4, $5)
     on conflict (member_id) do update
        set networks = excluded.networks, network_marks = excluded.network_marks,
            session_hours = excluded.session_hours, changed_at = excluded.changed_at ${RINGS}`,
    [memberId, s.networks, s.networkMarks, s.sessionHours, at],
  );
}

/** Why somebody was not let in: the wallet's signature, the network it came from, a second factor, the staff's provider. */
export type Failure = "signature" | "network" | "factor" | "provider";

/** Counts a failure; where it came from is not kept. */
export async function noteFailure(sql: Sql, memberId: string, because: Failure, at: Date): Promise<void> {
  await sql.query(
    `insert into app.sign_in_failures as f (member_id, day, because, count)
     values ($1, ($3::timestamptz at time zone 'UTC')::date, $2, 1)
     on conflict (member_id, day, because) do update set count = f.count + 1`,
    [memberId, because, at],
  );
}

/** Failures of the last thirty days, the newest first. */
export async function failuresOf(
  sql: Sql,
  memberId: string,
  now: Date,
): Promise<{ day: string; because: Failure; count: number }[]> {
  const { rows } = await sql.query<{ day: string; because: Failure; count: number }>(
    `select day::text, because, count::integer from app.sign_in_failures
      where member_id = $1 and day > ($2::timestamptz at time zone 'UTC')::date - 30 order by day desc, because`,
    [memberId, now],
  );
  return rows;
}

/** Whether there is such a member, and when it was last here. */
export async function presenceOf(sql: Sql, memberId: string): Promise<{ lastUsedAt: Date | null } | undefined> {
  const { rows } = await sql.query<{ lastUsedAt: Date | null }>(
    `select max(s.last_used_at) as "lastUsedAt" from app.members m left join app.sessions s on s.member_id = m.id
      where m.id = $1 and m.erased_at is null group by m.id`,
    [memberId],
  );
  return rows[0];
}
