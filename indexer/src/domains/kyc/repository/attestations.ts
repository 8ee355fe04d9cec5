import type { Hex } from "viem";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Level } from "../rules.ts";

/** What an attester signed. Times are Unix seconds. */
export interface Attestation {
  memberId: string;
  caseId: string;
  uid: Hex;
  account: Hex;
  chainMemberId: Hex;
  level: Level;
  issuedAt: number;
  validUntil: number;
  commitment: Hex;
  saltSealed: Buffer;
  nonce: bigint;
  attester: Hex;
  signature: Hex;
  signedAt: Date;
}

type Row = Omit<Attestation, "issuedAt" | "validUntil" | "nonce"> & {
  issuedAt: string;
  validUntil: string;
  nonce: string;
};

export async function insertAttestation(sql: Sql, a: Attestation): Promise<void> {
  await sql.query(
    `insert into app.kyc_attestations (member_id, case_id, uid, account, chain_member_id, level, issued_at, valid_until,
       commitment, salt_sealed, nonce, attester, signature, signed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
    [
      ...[a.memberId, a.caseId, a.uid, a.account, a.chainMemberId, a.level, a.issuedAt, a.validUntil],
      ...[a.commitment, a.saltSealed, a.nonce.toString(), a.attester, a.signature, a.signedAt],
    ],
  );
}

/** What was signed for a case, the newest first. */
export async function attestationsOf(sql: Sql, memberId: string, caseId: string): Promise<Attestation[]> {
  const { rows } = await sql.query<Row>(
    `select member_id as "memberId", case_id as "caseId", uid, account, chain_member_id as "chainMemberId", level,
            issued_at as "issuedAt", valid_until as "validUntil", commitment, salt_sealed as "saltSealed", nonce,
            attester, signature, signed_at as "signedAt"
       from app.kyc_attestations where member_id = $1 and case_id = $2 order by signed_at desc, nonce desc`,
    [memberId, caseId],
  );
  return rows.map((row) => ({
    ...row,
    issuedAt: Number(row.issuedAt),
    validUntil: Number(row.validUntil),
    nonce: BigInt(row.nonce),
  }));
}

export async function dropAttestations(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.kyc_attestations where member_id = $1", [memberId]);
}

/** What the chain is known to have made of an attestation. */
export interface Mirrored {
  uid: string;
  validUntil: number;
  revokedReason: number | null;
}

/** Attestations by uid, as far as somebody has submitted them. */
export async function mirrored(sql: Sql, uids: readonly string[]): Promise<Map<string, Mirrored>> {
  const { rows } = await sql.query<{ uid: string; valid_until: string; revoked_reason: number | null }>(
    "select uid, valid_until, revoked_reason from chain.kyc_attestations where uid = any($1)",
    [uids],
  );
  return new Map(
    rows.map(({ uid, valid_until, revoked_reason }) => [
      uid,
      { uid, validUntil: Number(valid_until), revokedReason: revoked_reason },
    ]),
  );
}

export interface ChainMember {
  memberNo: number;
  /** Salted id in the registry. */
  chainMemberId: Hex;
  owner: Hex;
}

/** The member on the chain whose owner wallet somebody signs in with; undefined before it has registered. */
export async function chainMemberOf(sql: Sql, memberId: string): Promise<ChainMember | undefined> {
  const { rows } = await sql.query<{ member_no: string; member_id: Hex; owner: Hex }>(
    `select m.member_no, m.member_id, m.owner from app.member_wallets w join chain.members m on m.owner = w.address
      where w.member_id = $1 order by w.added_at limit 1`,
    [memberId],
  );
  const [row] = rows;
  return row && { memberNo: Number(row.member_no), chainMemberId: row.member_id, owner: row.owner };
}
