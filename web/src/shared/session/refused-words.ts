import type { Translate } from "../i18n/i18n.ts";
import type { Key } from "../i18n/ko.ts";
import { Refused } from "./session.ts";

const known: Record<string, Key> = {
  OFFLINE: "refused.OFFLINE",
  SESSION_ENDED: "refused.SESSION_ENDED",
  STEP_UP_REQUIRED: "refused.STEP_UP_REQUIRED",
  FORBIDDEN: "refused.FORBIDDEN",
  APPROVAL_SELF: "refused.APPROVAL_SELF",
  APPROVAL_DECIDED: "refused.APPROVAL_DECIDED",
  INPUT_INVALID: "refused.INPUT_INVALID",
  PROFILE_CHANGED: "refused.PROFILE_CHANGED",
  FACTOR_REFUSED: "refused.FACTOR_REFUSED",
  API_KEYS_FULL: "refused.API_KEYS_FULL",
  ADDRESS_NOT_ALLOWED: "refused.ADDRESS_NOT_ALLOWED",
  ADDRESS_EXCLUDED: "refused.ADDRESS_EXCLUDED",
  STAFF_SIGN_IN_REFUSED: "refused.STAFF_SIGN_IN_REFUSED",
  STAFF_PROVIDER_OFF: "refused.STAFF_PROVIDER_OFF",
  STAFF_PROVIDER_UNAVAILABLE: "refused.STAFF_PROVIDER_UNAVAILABLE",
  KYC_OFF: "refused.KYC_OFF",
  KYC_REAPPLY_EARLY: "refused.KYC_REAPPLY_EARLY",
  KYC_DOCUMENTS_MISSING: "refused.KYC_DOCUMENTS_MISSING",
  KYC_DOCUMENTS_TOO_LARGE: "refused.KYC_DOCUMENTS_TOO_LARGE",
  KYC_HASH_WRONG: "refused.KYC_HASH_WRONG",
  KYC_MEDIA_WRONG: "refused.KYC_MEDIA_WRONG",
  KYC_NOT_REGISTERED: "refused.KYC_NOT_REGISTERED",
  KYC_ATTESTER_OFF: "refused.KYC_ATTESTER_OFF",
  KYC_LEASE_HELD: "refused.KYC_LEASE_HELD",
  KYC_LEASE_LOST: "refused.KYC_LEASE_LOST",
  KYC_PROVIDER_DISAGREES: "refused.KYC_PROVIDER_DISAGREES",
  KYC_DOCUMENTS_UNREAD: "refused.KYC_DOCUMENTS_UNREAD",
  KYC_OWN_CASE: "refused.KYC_OWN_CASE",
  KYC_CASE_MOVED: "refused.KYC_CASE_MOVED",
  WEBHOOK_ADDRESS_REFUSED: "refused.WEBHOOK_ADDRESS_REFUSED",
  WEBHOOKS_FULL: "refused.WEBHOOKS_FULL",
  WEBHOOK_DISABLED: "refused.WEBHOOK_DISABLED",
  DELIVERY_WAITING: "refused.DELIVERY_WAITING",
  NODE_ADDRESS_REFUSED: "refused.NODE_ADDRESS_REFUSED",
  NODE_NOT_ANSWERED: "refused.NODE_NOT_ANSWERED",
  NODE_WAIVER_SELF: "refused.NODE_WAIVER_SELF",
  SANCTIONS_HIT: "refused.SANCTIONS_HIT",
  SCREENING_OPEN: "refused.SCREENING_OPEN",
  SCREENING_DUE: "refused.SCREENING_DUE",
  HIT_OWN: "refused.HIT_OWN",
  HIT_MOVED: "refused.HIT_MOVED",
  LIST_NOT_HELD: "refused.LIST_NOT_HELD",
  LIST_OUTDATED: "refused.LIST_OUTDATED",
  APPROVAL_OPEN: "refused.APPROVAL_OPEN",
  REGISTRATION_HELD: "refused.REGISTRATION_HELD",
  APPROVAL_EXPIRED: "refused.APPROVAL_EXPIRED",
  WALLET_UNKNOWN: "refused.WALLET_UNKNOWN",
  ROLE_NOT_HELD: "refused.ROLE_NOT_HELD",
  LAST_ADMIN: "refused.LAST_ADMIN",
  HOLD_STANDS: "refused.HOLD_STANDS",
  HOLD_GONE: "refused.HOLD_GONE",
  REFERENCE_INVALID: "refused.REFERENCE_INVALID",
  FILTER_FORBIDDEN: "refused.FILTER_FORBIDDEN",
};

/** A refusal in the reader's language; one without words of its own is shown as the server says it. */
export function wordsOfRefusal(error: Error, t: Translate): string {
  if (!(error instanceof Refused)) return t("refused.other", { reason: error.message });
  const key = known[error.code];
  return key ? t(key) : t("refused.other", { reason: error.message });
}
