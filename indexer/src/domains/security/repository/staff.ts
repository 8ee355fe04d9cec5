import type { Role } from "../../../platform/access/actor.ts";
import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";

/** Whether anybody holds `role`. */
export async function hasHolder(sql: Sql, role: Role, now: Date): Promise<boolean> {
  const { rows } = await sql.query<{ held: boolean }>(
    "select exists (select 1 from app.staff_roles where role = $1 and expires_at > $2) as held",
    [role, now],
  );
  return rows[0]?.held === true;
}

export interface Appointment {
  memberId: string;
  role: Role;
  at: Date;
  /** Null for what is done on the command line. */
  by: string | null;
  expiresAt: Date;
}

export async function putRole(sql: Sql, { memberId, role, at, by, expiresAt }: Appointment): Promise<void> {
  await sql.query(
    `insert into app.staff_roles (member_id, role, granted_at, granted_by, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (member_id, role) do update
        set granted_at = excluded.granted_at, granted_by = excluded.granted_by, expires_at = excluded.expires_at ${RINGS}`,
    [memberId, role, at, by, expiresAt],
  );
}

/** Ends a role. @returns whether it was held */
export async function endRole(sql: Sql, memberId: string, role: Role, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.staff_roles set expires_at = $3 where member_id = $1 and role = $2 and expires_at > $3 ${RINGS}`,
    [memberId, role, now],
  );
  return rowCount === 1;
}

export interface StaffRow {
  memberId: string;
  address: string;
  role: Role;
  grantedAt: Date;
  grantedBy: string | null;
  expiresAt: Date;
}

/** Who works here, by wallet and role. */
export async function staffAt(sql: Sql, now: Date): Promise<StaffRow[]> {
  const { rows } = await sql.query<StaffRow>(
    `select r.member_id as "memberId", min(w.address) as address, r.role, r.granted_at as "grantedAt",
            r.granted_by as "grantedBy", r.expires_at as "expiresAt"
       from app.staff_roles r join app.member_wallets w using (member_id)
      where r.expires_at > $1 group by r.member_id, r.role order by min(w.address), r.role`,
    [now],
  );
  return rows;
}
