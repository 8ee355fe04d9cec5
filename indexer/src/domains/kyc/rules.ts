/**
 * Where a case is. `pending`, `review` and `recommended` are open: people have something to do. The others are cold;
 * only time, the provider or an officer's revocation moves `approved`.
 */
export const states = ["pending", "review", "recommended", "approved", "rejected", "expired", "revoked"] as const;
export type State = (typeof states)[number];

/** What the provider says of an applicant: nothing yet, yes, "once more", or no. */
export type Answer = "none" | "waiting" | "green" | "red_retry" | "red_final";
export type Level = 1 | 2 | 3;

const moves: Record<State, readonly State[]> = {
  pending: ["review", "expired"],
  review: ["pending", "recommended"],
  recommended: ["review", "approved", "rejected"],
  approved: ["revoked", "expired"],
  rejected: [],
  expired: [],
  revoked: [],
};

export const canMove = (from: State, to: State): boolean => moves[from].includes(to);

export const isOpen = (state: State): boolean => state === "pending" || state === "review" || state === "recommended";

const DAY_MS = 86_400_000;
/** A case that the member does not complete ends by itself (design, section 8). */
export const OPEN_MS = 30 * DAY_MS;
/** How long an officer has a case to herself. */
export const LEASE_MS = 20 * 60_000;
/** How long an attestation counts; the contract takes at most 400 days. */
export const VALID_SECONDS = 365 * 86_400;

/** Why a case was rejected, and after how many days the member may come again. Codes are stable. */
const rejections = {
  document_unreadable: 0,
  document_expired: 0,
  document_missing: 0,
  data_mismatch: 7,
  document_altered: 180,
  not_the_person: 180,
  sanctioned: 365,
  provider_final: 365,
} as const;
export type Rejection = keyof typeof rejections;
export const rejectionCodes = Object.keys(rejections) as [Rejection, ...Rejection[]];

/** Why an attestation was taken back; the number is what the chain is told. */
export const revocations = {
  provider_reversed: 1,
  sanctioned: 2,
  document_altered: 3,
  member_request: 4,
} as const;
export type Revocation = keyof typeof revocations;
export const revocationCodes = Object.keys(revocations) as [Revocation, ...Revocation[]];

/** Days after which a member whose attestation was taken back may come again. */
const AFTER_REVOCATION_DAYS = 365;

export const reapplyAfter = (reason: Rejection, at: Date): Date => new Date(at.getTime() + rejections[reason] * DAY_MS);

export const reapplyAfterRevocation = (at: Date): Date => new Date(at.getTime() + AFTER_REVOCATION_DAYS * DAY_MS);

interface Earlier {
  state: State;
  level: number;
  reapplyAfter: Date | null;
}

/** Why a member cannot begin a case now; undefined if it can. @param cases The member's, the newest first. */
export function applyRefusal(
  cases: readonly Earlier[],
  level: Level,
  now: Date,
): "OPEN" | "EARLY" | "HELD" | undefined {
  if (cases.some(({ state }) => isOpen(state))) return "OPEN";
  const wait = cases[0]?.reapplyAfter;
  if (wait && wait > now) return "EARLY";
  return cases.some((one) => one.state === "approved" && one.level >= level) ? "HELD" : undefined;
}

/** Documents without which a level cannot be asked for. Basic needs one with a face. */
export const neededDocuments: Record<Level, readonly DocumentKind[]> = {
  1: ["identity"],
  2: ["identity", "residence"],
  3: ["identity", "residence", "organisation"],
};
export const documentKinds = ["identity", "residence", "organisation", "other"] as const;
export type DocumentKind = (typeof documentKinds)[number];

const severity: Record<Answer, number> = { none: 0, waiting: 0, green: 1, red_retry: 2, red_final: 3 };

/**
 * Whether a provider's report says something new. Its own clock orders reports, whenever they come; of two from one
 * moment the harder one counts.
 */
export function isNews(
  known: { answer: Answer; answerAt: Date | null },
  report: { answer: Answer; at: Date },
): boolean {
  if (!known.answerAt || report.at > known.answerAt) return true;
  return report.at.getTime() === known.answerAt.getTime() && severity[report.answer] > severity[known.answer];
}

/** Where a report takes a case; undefined where it stays. A late no takes back an early yes. */
export function movedBy(state: State, answer: Answer): State | undefined {
  const isRed = answer === "red_retry" || answer === "red_final";
  if (state === "review" && answer === "red_retry") return "pending";
  if (state === "recommended" && isRed) return "review";
  return state === "approved" && isRed ? "revoked" : undefined;
}

/** What an officer must not recommend: to approve what the provider has not. */
export const mayRecommend = (outcome: "approve" | "reject", answer: Answer): boolean =>
  outcome === "reject" || answer === "green";
