import type { Hex } from "viem";
import type { ConsensusKey } from "../../../platform/crypto/wallet/consensus-key.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { CheckState } from "../rules.ts";

/** A question to an applicant's node. */
export interface NodeCheck extends ConsensusKey {
  memberId: string;
  registrationId: string;
  id: string;
  state: CheckState;
  validatorId: number;
  sealedEndpoint: Buffer;
  nonce: Buffer;
  askedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

const columns = `member_id as "memberId", registration_id as "registrationId", id, state, validator_id::integer as "validatorId",
  key_type as "keyType", consensus_key as "consensusKey", sealed_endpoint as "sealedEndpoint", nonce,
  asked_at as "askedAt", expires_at as "expiresAt", ended_at as "endedAt"`;

export async function insertCheck(sql: Sql, c: Omit<NodeCheck, "state" | "endedAt">): Promise<void> {
  await sql.query(
    `insert into app.node_checks (member_id, registration_id, id, state, validator_id, key_type, consensus_key,
                                  sealed_endpoint, nonce, asked_at, expires_at)
     values ($1, $2, $3, 'ASKED', $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[c.memberId, c.registrationId, c.id, c.validatorId, c.keyType, c.consensusKey, c.sealedEndpoint, c.nonce],
      ...[c.askedAt, c.expiresAt],
    ],
  );
}

export async function findCheck(
  sql: Sql,
  { memberId, registrationId, id }: Pick<NodeCheck, "memberId" | "registrationId" | "id">,
): Promise<NodeCheck | undefined> {
  const { rows } = await sql.query<NodeCheck>(
    `select ${columns} from app.node_checks where member_id = $1 and registration_id = $2 and id = $3`,
    [memberId, registrationId, id],
  );
  return rows[0];
}

/** The question that was asked last. */
export async function latestCheck(sql: Sql, memberId: string, registrationId: string): Promise<NodeCheck | undefined> {
  const { rows } = await sql.query<NodeCheck>(
    `select ${columns} from app.node_checks where member_id = $1 and registration_id = $2
      order by asked_at desc, id limit 1`,
    [memberId, registrationId],
  );
  return rows[0];
}

/** Ends a question, once. @returns whether it was still open */
export async function endCheck(
  sql: Sql,
  c: Pick<NodeCheck, "memberId" | "registrationId" | "id">,
  { state, at, signature }: { state: Exclude<CheckState, "ASKED">; at: Date; signature: Hex | null },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.node_checks set state = $4, ended_at = $5, signature = $6
      where member_id = $1 and registration_id = $2 and id = $3 and state = 'ASKED'`,
    [c.memberId, c.registrationId, c.id, state, at, signature],
  );
  return rowCount === 1;
}

export interface Waiver {
  waivedBy: string;
  sealedReason: Buffer;
  at: Date;
}

export async function waiverOf(sql: Sql, memberId: string, registrationId: string): Promise<Waiver | undefined> {
  const { rows } = await sql.query<Waiver>(
    `select waived_by as "waivedBy", sealed_reason as "sealedReason", at from app.node_waivers
      where member_id = $1 and registration_id = $2`,
    [memberId, registrationId],
  );
  return rows[0];
}

/** Writes a waiver; the latest words count. */
export async function putWaiver(sql: Sql, memberId: string, registrationId: string, w: Waiver): Promise<void> {
  await sql.query(
    `insert into app.node_waivers (member_id, registration_id, waived_by, sealed_reason, at) values ($1, $2, $3, $4, $5)
     on conflict (member_id, registration_id) do update
        set waived_by = excluded.waived_by, sealed_reason = excluded.sealed_reason, at = excluded.at`,
    [memberId, registrationId, w.waivedBy, w.sealedReason, w.at],
  );
}
