import type { Sql } from "../../platform/db/pool.ts";

export interface Affairs {
  registration: string | null;
  kyc: string | null;
  kycLevel: number | null;
  roles: string[];
  sessions: number;
  secondFactors: number;
  networks: number;
  intents: { id: string; kind: string; state: string }[];
}

/** How a member stands, at one moment; of what the database does not show the asker there is nothing. */
export async function affairsOf(sql: Sql, memberId: string, now: Date): Promise<Affairs> {
  const { rows } = await sql.query<Affairs>(
    `select (select state from app.registrations where member_id = $1
              order by (closed_at is null) desc, started_at desc, id limit 1) as registration,
            c.state as kyc, c.level::integer as "kycLevel",
            array(select role from app.staff_roles where member_id = $1 and expires_at > $2 order by role) as roles,
            (select count(*)::integer from app.sessions s left join app.security_settings g on g.member_id = s.member_id
              where s.member_id = $1 and s.revoked_at is null
                and least(s.expires_at, s.created_at + make_interval(hours => g.session_hours)) > $2) as sessions,
            (select count(*)::integer from app.passkeys where member_id = $1)
              + (select count(*)::integer from app.totp_secrets where member_id = $1 and confirmed_at is not null)
              as "secondFactors",
            coalesce((select cardinality(network_marks) from app.security_settings where member_id = $1), 0) as networks,
            coalesce((select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'state', i.state))
                        from (select id, kind, state from app.tx_intents where member_id = $1
                               order by created_at desc, id limit 20) i), '[]') as intents
       from (select 1) one
       left join lateral (select state, level from app.kyc_cases where member_id = $1
                           order by created_at desc, id desc limit 1) c on true`,
    [memberId, now],
  );
  const [row] = rows;
  if (!row) throw new Error("one row was asked for and none came");
  return row;
}
