import { pauseOf, type Scope } from "./scope.ts";

/** Conditions that stand between a member and an action, in the order in which they are told. */
export type Condition =
  | "disconnected"
  | "wrong-network"
  | "loading"
  | "no-gas"
  | "not-member"
  | "suspended"
  | "kyc"
  | "frozen"
  | "paused"
  | "insufficient";

export const memberStatuses = [
  "none",
  "pending",
  "active",
  "inactive",
  "suspended",
  "terminated",
  "blacklisted",
] as const;
type MemberStatus = (typeof memberStatuses)[number];

/** What the chain knows about the wallet; undefined while it is being read. */
export interface Standing {
  memberNo: bigint;
  status: MemberStatus;
  kycLevel: number;
  tokens: bigint;
  gas: bigint;
  /** Suspension in force; 0 if none. */
  suspensionId: bigint;
  /** A legal order holds payments back until then; 0 or past if none. */
  frozenUntil: number;
  /** Unix seconds until which each scope stands still, in the order of `scopes`. */
  pausedUntil: readonly number[];
}

export interface Needs {
  /** Must be registered, whatever its standing: a first attestation makes a pending member active. */
  registered?: boolean;
  /** Must be a member in good standing. Exits need only the owner's signature. */
  member?: boolean;
  /** Least KYC level: 1 Basic, 2 Enhanced, 3 Institutional. */
  kyc?: 0 | 1 | 2 | 3;
  /** Tokens that the wallet must hold. */
  tokens?: bigint;
  /** Pays the member out: a legal order may hold that back. */
  payment?: boolean;
  /** Scopes that must be open. */
  scopes?: readonly Scope[];
}

interface Circumstances {
  isConnected: boolean;
  isRightNetwork: boolean;
  standing: Standing | undefined;
  /** The chain's clock, unix seconds. */
  now: number;
}

const barred: readonly MemberStatus[] = ["inactive", "suspended", "terminated", "blacklisted"];

/** The first condition of the member that fails. */
function memberObstacle(standing: Standing, { registered, member = false, kyc = 0 }: Needs): Condition | undefined {
  if ((member || registered) && standing.memberNo === 0n) return "not-member";
  if (member && barred.includes(standing.status)) return "suspended";
  return standing.kycLevel < kyc || (member && standing.status === "pending") ? "kyc" : undefined;
}

/** The first condition that fails; undefined when the way is clear. */
export function firstObstacle(
  { isConnected, isRightNetwork, standing, now }: Circumstances,
  needs: Needs,
): Condition | undefined {
  if (!isConnected) return "disconnected";
  if (!isRightNetwork) return "wrong-network";
  if (!standing) return "loading";
  if (standing.gas === 0n) return "no-gas";
  const found = memberObstacle(standing, needs);
  if (found) return found;
  if (needs.payment && now < standing.frozenUntil) return "frozen";
  if (pauseOf(needs.scopes ?? [], standing.pausedUntil, now)) return "paused";
  return standing.tokens < (needs.tokens ?? 0n) ? "insufficient" : undefined;
}
