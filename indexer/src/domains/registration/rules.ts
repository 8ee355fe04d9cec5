import type { AccessRules, Verb } from "../../platform/access/decide.ts";

/** Where a registration stands. The last three are ends. */
export const states = [
  "TIER_INTENT",
  "ACCOUNT_CREATED",
  "EMAIL_PENDING",
  "PHONE_PENDING",
  "KYC_PENDING",
  "KYC_REVIEW",
  "KYC_APPROVED",
  "KYC_REJECTED",
  "STAKE_INTENT",
  "STAKE_CONFIRMED",
  "VALIDATOR_SETUP",
  "PENDING_APPROVAL",
  "APPROVED",
  "REJECTED",
  "EXPIRED",
] as const;
export type State = (typeof states)[number];

/** What people come in for: tiers that can be asked for, with what they ask for (TierTable.sol; the contract decides). */
export const tiers = {
  BASIC_USER: { track: "basic", kyc: 1, tburn: 0n },
  DELEGATED_STAKER: { track: "delegator", kyc: 1, tburn: 100n },
  CANDIDATE_VALIDATOR: { track: "validator", kyc: 2, tburn: 10_000n },
  ACTIVE_VALIDATOR: { track: "validator", kyc: 2, tburn: 50_000n },
  ENTERPRISE_VALIDATOR: { track: "validator", kyc: 3, tburn: 500_000n },
} as const;
export type Tier = keyof typeof tiers;
type Track = (typeof tiers)[Tier]["track"];
export const tierNames = Object.keys(tiers) as [Tier, ...Tier[]];

/** What the applicant does. The names are the last parts of the routes. */
export const memberCommands = [
  "email",
  "verify-email",
  "resend",
  "phone",
  "verify-phone",
  "skip-phone",
  "tier",
  "reapply",
  "stake-intent",
  "setup",
  "submit",
] as const;
/** What happens to a registration: found out, decided by the staff, or brought by time. */
const otherCommands = [
  "bind-account",
  "kyc-submitted",
  "kyc-approved",
  "kyc-rejected",
  "stake-final",
  "stake-gone",
  "approve",
  "reject",
  "expire",
] as const;
export const commands = [...memberCommands, ...otherCommands] as const;
export type MemberCommand = (typeof memberCommands)[number];
export type Command = (typeof commands)[number];

const isEnd = (state: State) => ["APPROVED", "REJECTED", "EXPIRED"].includes(state);
const open = states.filter((state) => !isEnd(state));
const from = (at: readonly State[], to?: State): Partial<Record<State, State>> =>
  Object.fromEntries(at.map((state) => [state, to ?? state]));

/** From approval of the identity on; a late refusal of the provider reaches back to here. */
const identified: State[] = ["KYC_APPROVED", "STAKE_INTENT", "STAKE_CONFIRMED", "VALIDATOR_SETUP", "PENDING_APPROVAL"];

const moves: Record<Command, Partial<Record<State, State>>> = {
  "bind-account": from(["TIER_INTENT"], "ACCOUNT_CREATED"),
  email: from(["ACCOUNT_CREATED", "EMAIL_PENDING"], "EMAIL_PENDING"),
  "verify-email": from(["EMAIL_PENDING"], "PHONE_PENDING"),
  resend: from(["EMAIL_PENDING", "PHONE_PENDING"]),
  phone: from(["PHONE_PENDING"]),
  "verify-phone": from(["PHONE_PENDING"], "KYC_PENDING"),
  "skip-phone": from(["PHONE_PENDING"], "KYC_PENDING"),
  tier: {
    ...from(["TIER_INTENT", "ACCOUNT_CREATED", "EMAIL_PENDING", "PHONE_PENDING", "KYC_PENDING", "KYC_REVIEW"]),
    ...from(["KYC_REJECTED", "KYC_APPROVED"]),
    // Another tier asks for another stake.
    ...from(["STAKE_INTENT"], "KYC_APPROVED"),
  },
  reapply: from(["KYC_REJECTED"], "KYC_PENDING"),
  "stake-intent": from(["KYC_APPROVED", "STAKE_INTENT"], "STAKE_INTENT"),
  setup: from(["STAKE_CONFIRMED"], "VALIDATOR_SETUP"),
  submit: from(["KYC_APPROVED", "STAKE_CONFIRMED", "VALIDATOR_SETUP"], "PENDING_APPROVAL"),
  "kyc-submitted": from(["KYC_PENDING"], "KYC_REVIEW"),
  "kyc-approved": from(["KYC_REVIEW"], "KYC_APPROVED"),
  "kyc-rejected": from(["KYC_REVIEW", ...identified], "KYC_REJECTED"),
  "stake-final": from(["STAKE_INTENT"], "STAKE_CONFIRMED"),
  "stake-gone": from(["STAKE_CONFIRMED", "VALIDATOR_SETUP", "PENDING_APPROVAL"], "STAKE_INTENT"),
  approve: from(["PENDING_APPROVAL"], "APPROVED"),
  reject: from(["PENDING_APPROVAL"], "REJECTED"),
  expire: from(open, "EXPIRED"),
};

/** Where each track is handed in from; and what only stakers and only validators do. */
const handsInAt: Record<Track, State> = {
  basic: "KYC_APPROVED",
  delegator: "STAKE_CONFIRMED",
  validator: "VALIDATOR_SETUP",
};
const isOnTrack = (track: Track, state: State, command: Command): boolean => {
  if (command === "submit") return handsInAt[track] === state;
  if (command === "setup") return track === "validator";
  return track !== "basic" || !["stake-intent", "stake-final", "stake-gone"].includes(command);
};

/** Where `command` leads from `state`; undefined if it is not open there. */
export const next = (tier: Tier, state: State, command: Command): State | undefined =>
  isOnTrack(tiers[tier].track, state, command) ? moves[command][state] : undefined;

/** What the applicant can do now. */
export const openTo = (tier: Tier, state: State): MemberCommand[] =>
  memberCommands.filter((command) => next(tier, state, command) !== undefined);

export const isClosed = isEnd;

/** Whether the staff decides about a tier; the others are let in once everything asked for is there. */
export const needsDecision = (tier: Tier): boolean => tiers[tier].track === "validator";

const DAY_MS = 86_400_000;
/** Design §8: workflow 7 days until the identity is asked for, identity 30 days, stake 72 hours. */
const WORKFLOW_MS = 7 * DAY_MS;
const IDENTITY_MS = 30 * DAY_MS;
const STAKE_MS = 3 * DAY_MS;

/** When a registration ends by itself; null while it waits for us, and at its end. */
export function deadlineOf(state: State, startedAt: Date, enteredAt: Date): Date | null {
  if (isEnd(state) || state === "PENDING_APPROVAL") return null;
  if (states.indexOf(state) < states.indexOf("KYC_PENDING")) return new Date(startedAt.getTime() + WORKFLOW_MS);
  return new Date(enteredAt.getTime() + (state === "STAKE_INTENT" ? STAKE_MS : IDENTITY_MS));
}

/** What the identity check says of a member. */
export interface KycStanding {
  state: "none" | "pending" | "review" | "approved" | "rejected";
  level: number;
  /** When a rejected member may try again; null for never, or not rejected. */
  reapplyAfter: Date | null;
}

/**
 * What counts of a check of ours and of what the chain attests. Whoever holds a level keeps it while a higher one is
 * looked at or refused; a refusal with nothing left outweighs an attestation that is still to be revoked.
 */
export function standingOf(checked: KycStanding, attested: number): KycStanding {
  if (checked.state === "rejected" && checked.level === 0) return checked;
  const level = Math.max(checked.level, attested);
  return level > 0 ? { state: "approved", level, reapplyAfter: null } : checked;
}

/** Where a member's stake stands: not there, in a block, in a block that nothing takes back, or no longer there. */
export type StakeStanding = "none" | "seen" | "final" | "gone";

const isStale = ({ state, reapplyAfter }: KycStanding, now: Date) =>
  state === "rejected" && reapplyAfter !== null && reapplyAfter <= now;

function kycCommand(state: State, kyc: KycStanding, now: Date): Command | undefined {
  if (isStale(kyc, now)) return undefined;
  const isApproved = kyc.state === "approved" && kyc.level >= 1;
  if (state === "KYC_PENDING") return kyc.state === "none" ? undefined : "kyc-submitted";
  if (state === "KYC_REVIEW" && isApproved) return "kyc-approved";
  return kyc.state === "rejected" && moves["kyc-rejected"][state] ? "kyc-rejected" : undefined;
}

/** What follows from what was found out, one command at a time; undefined if nothing does. */
export function observed(
  tier: Tier,
  state: State,
  facts: { kyc: KycStanding; stake: StakeStanding },
  now: Date,
): Command | undefined {
  const found =
    kycCommand(state, facts.kyc, now) ??
    (facts.stake === "final" && state === "STAKE_INTENT" ? "stake-final" : undefined) ??
    (facts.stake === "gone" ? "stake-gone" : undefined);
  return found && next(tier, state, found) ? found : undefined;
}

const TBURN = 10n ** 18n;
/** Smallest stake of a tier, base units. */
export const leastStake = (tier: Tier): bigint => tiers[tier].tburn * TBURN;

/** What lacks for `tier`; empty if nothing does. @param held Only what is given is looked at; stake in base units. */
export function gaps(tier: Tier, held: { level: number; stake?: bigint }): { field: string; message: string }[] {
  const { kyc, tburn } = tiers[tier];
  const { level, stake = leastStake(tier) } = held;
  return [
    ...(level < kyc
      ? [{ field: "kycLevel", message: `${tier} asks for identity level ${kyc}, yours is ${level}` }]
      : []),
    ...(stake < leastStake(tier) ? [{ field: "amount", message: `${tier} asks for ${tburn} TBURN at least` }] : []),
  ];
}

/** Crockford's base 32: no letter that is read as a digit or as another letter. */
export const CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const CODE_LENGTH = 8;
export const CODE_MS = 600_000;
export const CODE_ATTEMPTS = 5;
export const RESEND_MS = 30_000;

/** A code as it was meant: spaces and hyphens do not count, nor letter case, and what looks alike is alike. */
export const normalCode = (text: string): string =>
  text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

/** What came of a question to an applicant's node. */
type CheckEnd = "ANSWERED" | "UNREACHABLE" | "WRONG_KEY" | "UNREADABLE" | "REFUSED_ADDRESS" | "EXPIRED";
export type CheckState = "ASKED" | CheckEnd;
/** Where an applicant's node stands. */
export const nodeStates = [
  ...([
    "NOT_ASKED",
    "ASKED",
    "ANSWERED",
    "UNREACHABLE",
    "WRONG_KEY",
    "UNREADABLE",
    "REFUSED_ADDRESS",
    "EXPIRED",
  ] as const),
  "KEY_CHANGED",
] as const;
export type NodeState = (typeof nodeStates)[number];

/** A node is asked from when its validator is set up until it is decided. */
export const mayAskNode = (tier: Tier, state: State): boolean =>
  needsDecision(tier) && ["STAKE_CONFIRMED", "VALIDATOR_SETUP", "PENDING_APPROVAL"].includes(state);

/**
 * Where a node stands by the question that was asked last: an answer counts for the key that has signed it.
 * @param key The validator's key as the chain has it now
 */
export function nodeStateOf(
  check: { state: CheckState; consensusKey: string; expiresAt: Date } | undefined,
  key: string | undefined,
  now: Date,
): NodeState {
  if (!check) return "NOT_ASKED";
  if (check.state === "ASKED" && check.expiresAt <= now) return "EXPIRED";
  return check.state === "ANSWERED" && check.consensusKey !== key ? "KEY_CHANGED" : check.state;
}

export const begin: Verb = { name: "registration.begin", may: ["member"] };
export const goOn: Verb = { name: "registration.go-on", may: ["self"] };
export const see: Verb = { name: "registration.see", may: ["self"], scope: "registration:read" };
/** Where somebody stands on the way in: no address and no code is among it. */
export const readAll: Verb = { name: "registration.read", may: ["admin", "auditor"] };
export const decide: Verb = { name: "registration.decide", may: ["administrator", "compliance"], stepUp: true };

/** Where one's own node was asked. */
export const seeNode: Verb = { name: "registration.see-node", may: ["self"] };
export const waiveNode: Verb = { name: "registration.waive-node", may: ["administrator", "compliance"], stepUp: true };

export const access: AccessRules = { verbs: [begin, goOn, see, seeNode, readAll, decide, waiveNode] };
