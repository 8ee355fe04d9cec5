import type { Translate } from "../../shared/i18n/i18n.ts";

/** Facts of a proposal, as the server keeps them: ids and plain words, nothing about a person. */
export type Detail = Record<string, string | number | boolean | null>;

const staffRoles = ["administrator", "compliance", "auditor"] as const;
export type StaffRole = (typeof staffRoles)[number];

const tiers = [
  "BASIC_USER",
  "DELEGATED_STAKER",
  "CANDIDATE_VALIDATOR",
  "ACTIVE_VALIDATOR",
  "ENTERPRISE_VALIDATOR",
] as const;

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((one) => one === value);

const text = (value: unknown) => (value === null || value === undefined ? "–" : String(value));

function roleWords(detail: Detail, t: Translate): string {
  const role = oneOf(staffRoles, detail.role);
  return role ? t(`staffRole.${role}`) : text(detail.role);
}

function outcomeWords(detail: Detail, t: Translate): string {
  const outcome = oneOf(["approve", "reject"], detail.outcome);
  return outcome ? t(`outcome.${outcome}`) : text(detail.outcome);
}

function levelWords({ level }: Detail, t: Translate): string {
  return level === 1 || level === 2 || level === 3 ? t(`kyc.${level}`) : text(level);
}

const hoursOf = (seconds: unknown) =>
  typeof seconds === "number" ? String(Math.ceil(seconds / 3_600)) : text(seconds);

const words: Record<string, (detail: Detail, t: Translate) => string> = {
  "staff.appoint": (detail, t) => t("approval.kind.staff.appoint", { role: roleWords(detail, t) }),
  "staff.dismiss": (detail, t) => t("approval.kind.staff.dismiss", { role: roleWords(detail, t) }),
  "registration.validator": (detail, t) => {
    const tier = oneOf(tiers, detail.tier);
    return t("approval.kind.registration.validator", { tier: tier ? t(`onboarding.tier.${tier}`) : text(detail.tier) });
  },
  "kyc.decision": (detail, t) =>
    t("approval.kind.kyc.decision", { level: levelWords(detail, t), outcome: outcomeWords(detail, t) }),
  "privacy.hold.place": ({ reference }, t) => t("approval.kind.privacy.hold.place", { reference: text(reference) }),
  "privacy.hold.lift": ({ reference }, t) => t("approval.kind.privacy.hold.lift", { reference: text(reference) }),
  "screening.list.accept": ({ list, before, entries }, t) =>
    t("approval.kind.screening.list.accept", { list: text(list), before: text(before), entries: text(entries) }),
  "intents.suspend": ({ reason, durationSeconds }, t) =>
    t("approval.kind.intents.suspend", { reason: text(reason), hours: hoursOf(durationSeconds) }),
  "screening.hit.confirm": (_detail, t) => t("approval.kind.screening.hit.confirm"),
};

/** What a proposal is, in the reader's language; a kind that is newer than this page is named by its code. */
export const wordsOf = (kind: string, detail: Detail, t: Translate): string =>
  words[kind]?.(detail, t) ?? t("approval.kind.other", { kind });

/** Kinds that are decided elsewhere, where what has to be read first is: documents, or an entry of a list. */
export function placeOf(kind: string, detail: Detail): { at: "case" | "hit"; id: string } | undefined {
  if (kind === "kyc.decision") return { at: "case", id: text(detail.caseId) };
  if (kind === "screening.hit.confirm") return { at: "hit", id: text(detail.hitId) };
  return undefined;
}

/** Whole seconds that are left of a proposal; 0 when its time is over. */
export const secondsLeft = (expiresAt: string, now: number): number =>
  Math.max(0, Math.floor((Date.parse(expiresAt) - now) / 1_000));
