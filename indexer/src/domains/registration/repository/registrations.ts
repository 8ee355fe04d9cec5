import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Language } from "../../../platform/mail/mailer.ts";
import type { Command, State, Tier } from "../rules.ts";

export interface Registration {
  memberId: string;
  id: string;
  state: State;
  version: number;
  tier: Tier;
  language: Language;
  startedAt: Date;
  enteredAt: Date;
  deadline: Date | null;
  sealedEmail: Buffer | null;
  sealedPhone: Buffer | null;
  reapplyAfter: Date | null;
  /** Base units. */
  stakeAmount: bigint | null;
  stakeBlock: number | null;
  stakeHash: string | null;
  stakeTx: string | null;
}

interface Row {
  member_id: string;
  id: string;
  state: State;
  version: number;
  tier: Tier;
  language: Language;
  started_at: Date;
  entered_at: Date;
  deadline: Date | null;
  sealed_email: Buffer | null;
  sealed_phone: Buffer | null;
  reapply_after: Date | null;
  stake_amount: string | null;
  stake_block: string | null;
  stake_hash: string | null;
  stake_tx: string | null;
}

const registrationOf = (row: Row): Registration => ({
  memberId: row.member_id,
  id: row.id,
  state: row.state,
  version: row.version,
  tier: row.tier,
  language: row.language,
  startedAt: row.started_at,
  enteredAt: row.entered_at,
  deadline: row.deadline,
  sealedEmail: row.sealed_email,
  sealedPhone: row.sealed_phone,
  reapplyAfter: row.reapply_after,
  stakeAmount: row.stake_amount === null ? null : BigInt(row.stake_amount),
  stakeBlock: row.stake_block === null ? null : Number(row.stake_block),
  stakeHash: row.stake_hash,
  stakeTx: row.stake_tx,
});

/** Begins a registration. @returns whether the member had none that is open */
export async function insertRegistration(
  sql: Sql,
  r: Pick<Registration, "memberId" | "id" | "state" | "tier" | "language" | "startedAt" | "deadline">,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.registrations (member_id, id, state, version, tier, language, started_at, entered_at, deadline)
     values ($1, $2, $3, 0, $4, $5, $6, $6, $7) on conflict do nothing ${RINGS}`,
    [r.memberId, r.id, r.state, r.tier, r.language, r.startedAt, r.deadline],
  );
  return rowCount === 1;
}

/** A registration of this member; undefined if it has no such one. */
export async function findRegistration(sql: Sql, memberId: string, id: string): Promise<Registration | undefined> {
  const { rows } = await sql.query<Row>("select * from app.registrations where member_id = $1 and id = $2", [
    memberId,
    id,
  ]);
  return rows[0] && registrationOf(rows[0]);
}

/** As `findRegistration`; nobody else moves it before the transaction ends. */
export async function lockRegistration(sql: Sql, memberId: string, id: string): Promise<Registration | undefined> {
  const { rows } = await sql.query<Row>("select * from app.registrations where member_id = $1 and id = $2 for update", [
    memberId,
    id,
  ]);
  return rows[0] && registrationOf(rows[0]);
}

/** The open registration, else the one that began last. */
export async function latestRegistration(sql: Sql, memberId: string): Promise<Registration | undefined> {
  const { rows } = await sql.query<Row>(
    `select * from app.registrations where member_id = $1
      order by (closed_at is null) desc, started_at desc, id limit 1`,
    [memberId],
  );
  return rows[0] && registrationOf(rows[0]);
}

/** All registrations of a member, the newest first. */
export async function registrationsOf(sql: Sql, memberId: string): Promise<Registration[]> {
  const { rows } = await sql.query<Row>(
    "select * from app.registrations where member_id = $1 order by started_at desc, id",
    [memberId],
  );
  return rows.map(registrationOf);
}

/** Steps of all registrations of a member, as they were taken. */
export async function stepsOf(sql: Sql, memberId: string): Promise<TakenStep[]> {
  const { rows } = await sql.query<TakenStep>(
    `select registration_id as "registrationId", command, to_state as state, at from app.registration_steps
      where member_id = $1 order by at, version`,
    [memberId],
  );
  return rows;
}

/** Whether the member has come through as far as `state` at any time. */
export async function hasReached(sql: Sql, memberId: string, state: State): Promise<boolean> {
  const { rows } = await sql.query<{ reached: boolean }>(
    "select exists (select 1 from app.registration_steps where member_id = $1 and to_state = $2) as reached",
    [memberId, state],
  );
  return rows[0]?.reached === true;
}

export interface TakenStep {
  registrationId: string;
  command: Command;
  state: State;
  at: Date;
}

export interface Step {
  command: Command;
  to: State;
  at: Date;
  /** When it ends by itself from now on. */
  deadline: Date | null;
  isClosed: boolean;
}

/** Takes a step, and writes it down. @returns whether nobody else had moved it since `r` was read */
export async function moveRegistration(sql: Sql, r: Registration, step: Step): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.registrations set state = $4, version = version + 1, deadline = $6,
            entered_at = case when state = $4 then entered_at else $5 end, closed_at = case when $7 then $5 end
      where member_id = $1 and id = $2 and version = $3 ${RINGS}`,
    [r.memberId, r.id, r.version, step.to, step.at, step.deadline, step.isClosed],
  );
  if (rowCount !== 1) return false;
  await sql.query(
    `insert into app.registration_steps (member_id, registration_id, version, command, from_state, to_state, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [r.memberId, r.id, r.version + 1, step.command, r.state, step.to, step.at],
  );
  return true;
}

export interface Changes {
  tier?: Tier;
  sealedEmail?: Buffer | null;
  sealedPhone?: Buffer | null;
  reapplyAfter?: Date | null;
  stakeAmount?: bigint | null;
  stake?: { block: number; hash: string; tx: string } | null;
}

/** Writes what a step brought, beside the state. Only what is named changes. */
export async function changeRegistration(sql: Sql, r: Registration, c: Changes): Promise<void> {
  const columns: [string, unknown][] = [
    ["tier", c.tier],
    ["sealed_email", c.sealedEmail],
    ["sealed_phone", c.sealedPhone],
    ["reapply_after", c.reapplyAfter],
    ["stake_amount", typeof c.stakeAmount === "bigint" ? String(c.stakeAmount) : c.stakeAmount],
    ["stake_block", c.stake === null ? null : c.stake?.block],
    ["stake_hash", c.stake === null ? null : c.stake?.hash],
    ["stake_tx", c.stake === null ? null : c.stake?.tx],
  ];
  const changed = columns.filter(([, value]) => value !== undefined);
  if (changed.length === 0) return;
  const set = changed.map(([name], i) => `${name} = $${i + 3}`).join(", ");
  await sql.query(`update app.registrations set ${set} where member_id = $1 and id = $2`, [
    r.memberId,
    r.id,
    ...changed.map(([, value]) => value),
  ]);
}

/** Forgets everything about a member's ways in. */
export async function forgetRegistrations(sql: Sql, memberId: string): Promise<void> {
  const tables = ["node_waivers", "node_checks", "verification_codes", "registration_commands", "registration_steps"];
  for (const table of [...tables, "registrations"]) {
    await sql.query(`delete from app.${table} where member_id = $1`, [memberId]);
  }
}
