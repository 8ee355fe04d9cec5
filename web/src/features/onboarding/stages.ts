export type State =
  | "TIER_INTENT"
  | "ACCOUNT_CREATED"
  | "EMAIL_PENDING"
  | "PHONE_PENDING"
  | "KYC_PENDING"
  | "KYC_REVIEW"
  | "KYC_APPROVED"
  | "KYC_REJECTED"
  | "STAKE_INTENT"
  | "STAKE_CONFIRMED"
  | "VALIDATOR_SETUP"
  | "PENDING_APPROVAL"
  | "APPROVED"
  | "REJECTED"
  | "EXPIRED";

export const tiers = [
  "BASIC_USER",
  "DELEGATED_STAKER",
  "CANDIDATE_VALIDATOR",
  "ACTIVE_VALIDATOR",
  "ENTERPRISE_VALIDATOR",
] as const;
export type Tier = (typeof tiers)[number];

/** Whether nothing follows a state. */
export const isClosed = (state: State): boolean => ["APPROVED", "REJECTED", "EXPIRED"].includes(state);

export type Stage = "account" | "email" | "phone" | "identity" | "stake" | "setup" | "decision";

/** Stages on the way to a tier, in their order. */
function stagesOf(tier: Tier): Stage[] {
  const first: Stage[] = ["account", "email", "phone", "identity"];
  if (tier === "BASIC_USER") return [...first, "decision"];
  if (tier === "DELEGATED_STAKER") return [...first, "stake", "decision"];
  return [...first, "stake", "setup", "decision"];
}

const stageOf: Record<Exclude<State, "APPROVED" | "REJECTED" | "EXPIRED">, Stage> = {
  TIER_INTENT: "account",
  ACCOUNT_CREATED: "email",
  EMAIL_PENDING: "email",
  PHONE_PENDING: "phone",
  KYC_PENDING: "identity",
  KYC_REVIEW: "identity",
  KYC_REJECTED: "identity",
  KYC_APPROVED: "stake",
  STAKE_INTENT: "stake",
  STAKE_CONFIRMED: "setup",
  VALIDATOR_SETUP: "setup",
  PENDING_APPROVAL: "decision",
};

/** How far somebody is: what is done, where they stand, and what comes. */
export function progress(tier: Tier, state: State): { stage: Stage; state: "done" | "now" | "coming" | "missed" }[] {
  const stages = stagesOf(tier);
  if (state === "APPROVED") return stages.map((stage) => ({ stage, state: "done" }));
  if (state === "REJECTED" || state === "EXPIRED") return stages.map((stage) => ({ stage, state: "missed" }));
  const wanted = stageOf[state];
  // A stage that this way does not have is passed: the next one is on.
  const all: Stage[] = ["account", "email", "phone", "identity", "stake", "setup", "decision"];
  const now = stages.find((stage) => all.indexOf(stage) >= all.indexOf(wanted)) ?? "decision";
  return stages.map((stage) => ({
    stage,
    state: stage === now ? "now" : stages.indexOf(stage) < stages.indexOf(now) ? "done" : "coming",
  }));
}

/** A code as it is compared: pasted spaces and hyphens, and small letters, do not matter. */
export const tidyCode = (written: string): string => written.toUpperCase().replace(/[\s-]/g, "").slice(0, 8);

/** Seconds from `now` to `at`, whole and not below 0. */
export const secondsTo = (at: string, now: number): number => Math.max(0, Math.ceil((Date.parse(at) - now) / 1_000));
