/** Conditions that stand between a member and an action, in the order in which they are told. */
export type Condition =
  | "disconnected"
  | "wrong-network"
  | "loading"
  | "no-gas"
  | "not-member"
  | "suspended"
  | "kyc"
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
}

export interface Needs {
  /** Must be a member in good standing. Exits need only the owner's signature. */
  member?: boolean;
  /** Least KYC level: 1 Basic, 2 Enhanced, 3 Institutional. */
  kyc?: 0 | 1 | 2 | 3;
  /** Tokens that the wallet must hold. */
  tokens?: bigint;
}

interface Circumstances {
  isConnected: boolean;
  isRightNetwork: boolean;
  standing: Standing | undefined;
}

const barred: readonly MemberStatus[] = ["inactive", "suspended", "terminated", "blacklisted"];

/** The first condition that fails; undefined when the way is clear. */
export function firstObstacle(
  { isConnected, isRightNetwork, standing }: Circumstances,
  { member = false, kyc = 0, tokens = 0n }: Needs,
): Condition | undefined {
  if (!isConnected) return "disconnected";
  if (!isRightNetwork) return "wrong-network";
  if (!standing) return "loading";
  if (standing.gas === 0n) return "no-gas";
  if (member && standing.memberNo === 0n) return "not-member";
  if (member && barred.includes(standing.status)) return "suspended";
  if (standing.kycLevel < kyc || (member && standing.status === "pending")) return "kyc";
  return standing.tokens < tokens ? "insufficient" : undefined;
}
