import type { Sql } from "../../../platform/db/pool.ts";

type Row = Record<string, unknown>;
type Read = (sql: Sql, memberId: string) => Promise<Row[]>;

/** Reads rows of the member `$1`. */
const reading =
  (text: string): Read =>
  async (sql, memberId) =>
    (await sql.query<Row>(text, [memberId])).rows;

export const wallets = reading(
  `select w.address, w.is_contract as "isContract", w.added_at as "addedAt", m.created_at as "accountSince",
          m.last_activity_at as "lastActivityAt"
     from app.member_wallets w join app.members m on m.id = w.member_id where w.member_id = $1 order by w.added_at, w.address`,
);

export const profile = reading(
  `select version, display_name as "displayName", bio, website, links, tags, language, currency, time_zone as "timeZone",
          custom, changed_at as "changedAt" from app.profiles where member_id = $1`,
);

export const registrations = reading(
  `select id, state, tier, language, started_at as "startedAt", entered_at as "enteredAt", closed_at as "closedAt",
          stake_amount as "stakeAmount", stake_tx as "stakeTransaction" from app.registrations
    where member_id = $1 order by started_at, id`,
);

export const registrationSteps = reading(
  `select registration_id as "registrationId", version, command, from_state as "from", to_state as "to", at
     from app.registration_steps where member_id = $1 order by at, registration_id, version`,
);

/** Where a node is, is sealed for its member's eyes, who sees it with the registration. */
export const nodeChecks = reading(
  `select id, registration_id as "registrationId", state, validator_id as "validatorId", key_type as "keyType",
          consensus_key as "consensusKey", asked_at as "askedAt", ended_at as "endedAt", signature
     from app.node_checks where member_id = $1 order by asked_at, id`,
);

/** What the member may know of its cases: neither findings, nor who of the staff worked on them. */
export const kycCases = reading(
  `select id, level, state, created_at as "createdAt", state_at as "stateAt", submitted_at as "submittedAt", provider,
          reason, reapply_after as "reapplyAfter" from app.kyc_cases where member_id = $1 order by created_at, id`,
);

export const attestations = reading(
  `select case_id as "caseId", uid, account, chain_member_id as "chainMemberId", level, issued_at as "issuedAt",
          valid_until as "validUntil", commitment, attester, signature, signed_at as "signedAt"
     from app.kyc_attestations where member_id = $1 order by signed_at, uid`,
);

export const sessions = reading(
  `select id, address, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt",
          revoked_at as "revokedAt", revoked_because as "revokedBecause", stepped_up_at as "steppedUpAt"
     from app.sessions where member_id = $1 order by created_at, id`,
);

export const passkeys = reading(
  `select credential_id as "credentialId", name, created_at as "createdAt", last_used_at as "lastUsedAt"
     from app.passkeys where member_id = $1 order by created_at, credential_id`,
);

export const apiKeys = reading(
  `select id, name, scopes, rate_per_minute as "ratePerMinute", created_at as "createdAt", expires_at as "expiresAt",
          last_used_at as "lastUsedAt" from app.api_keys where member_id = $1 order by created_at, id`,
);

/** Their addresses are sealed for their member's eyes, who sees them among the settings; secrets weaken if copied. */
export const webhookEndpoints = reading(
  `select id, name, events, state, disabled_because as "disabledBecause", created_at as "createdAt"
     from app.webhook_endpoints where member_id = $1 order by created_at, id`,
);

export const webhookDeliveries = reading(
  `select id, endpoint_id as "endpointId", event, data, happened_at as "happenedAt", state, attempts,
          created_at as "createdAt", last_attempt_at as "lastAttemptAt", last_status as "lastStatus"
     from app.webhook_deliveries where member_id = $1 order by created_at, id`,
);

export const consents = reading(
  `select purpose, number, given, version, language, encode(text_hash, 'hex') as "textHash", at
     from app.consents where member_id = $1 order by at, purpose, number`,
);

/** Its own code, and when it came by another's; whose that was is the other's to tell. */
export const referral = reading(
  `select code, let_in_at as "letInAt", referred_at as "invitedAt" from app.referrals where member_id = $1`,
);

/** As the member sees its trail: what was done, not which of the staff did it. */
export const acts = reading(
  `select at, action, case when actor_id = subject_id then 'you' else actor_kind end as by, detail
     from app.audit_entries where subject_id = $1 order by id`,
);

export const events = reading(`select at, event, detail from app.events where member_id = $1 order by id`);

export const transactions = reading(
  `select id, kind, state, chain_id as "chainId", account, created_at as "createdAt", expires_at as "expiresAt",
          tx_hash as "transactionHash", block_number as "blockNumber", closed_at as "closedAt"
     from app.tx_intents where member_id = $1 order by created_at, id`,
);

export const erasures = reading(
  `select requested_at as "requestedAt", due_at as "dueAt", cancelled_at as "cancelledAt"
     from app.erasures where member_id = $1 order by requested_at, id`,
);

export const newsMails = reading(
  `select news_id as "newsId", at from app.news_mails where member_id = $1 order by at, news_id`,
);

/** What the chain tells of the member under its wallets. */
export const onChain = reading(
  `select a.block_number as "blockNumber", a.log_index as "logIndex", a.block_time as "blockTime", a.tx_hash as "transactionHash",
          a.event, a.validator_id as "validatorId", a.position_id as "positionId", a.args
     from chain.activity a
     join chain.members m on m.member_no = a.member_no
     join app.member_wallets w on w.address = m.owner
    where w.member_id = $1 order by a.block_number, a.log_index`,
);

export interface HeldDocument {
  memberId: string;
  id: string;
  caseId: string;
  kind: string;
  mediaType: string;
  size: number;
  stored: number;
  keySealed: Buffer;
  sha256: Buffer;
  createdAt: Date;
}

/** Documents that are complete, in the order they came. */
export async function documents(sql: Sql, memberId: string): Promise<HeldDocument[]> {
  const { rows } = await sql.query<HeldDocument>(
    `select member_id as "memberId", id, case_id as "caseId", kind, media_type as "mediaType", size, stored,
            key_sealed as "keySealed", sha256, created_at as "createdAt"
       from app.kyc_documents where member_id = $1 and sha256 is not null order by created_at, id`,
    [memberId],
  );
  return rows;
}
