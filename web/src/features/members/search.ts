export const statuses = ["PENDING", "ACTIVE", "INACTIVE", "SUSPENDED", "TERMINATED", "BLACKLISTED"] as const;
export type MemberStatus = (typeof statuses)[number];

/** In the contracts' order: the index is the level. */
export const kycLevels = ["NONE", "BASIC", "ENHANCED", "INSTITUTIONAL"] as const;
export type KycLevel = (typeof kycLevels)[number];

export const tiers = [
  "BASIC_USER",
  "DELEGATED_STAKER",
  "CANDIDATE_VALIDATOR",
  "ACTIVE_VALIDATOR",
  "GENESIS_VALIDATOR",
  "ENTERPRISE_VALIDATOR",
  "GOVERNANCE_VALIDATOR",
] as const;
type Tier = (typeof tiers)[number];

/** What a search asks of the server; whoever may not search by a field is refused there. */
export interface Filter {
  displayName?: string;
  email?: string;
  status?: [MemberStatus];
  tier?: [Tier];
  kycLevel?: [KycLevel];
}

export type Wanted =
  | { by: "wallet"; address: string }
  | { by: "account"; id: string }
  | { by: "filter"; filter: Filter }
  | { by: "nothing" };

const WALLET = /^0x[0-9a-f]{40}$/;
const SALTED = /^0x[0-9a-f]{64}$/;
const ACCOUNT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a page can be about this: an account (UUID), or the salted id of the chain. */
export const isMemberId = (id: string): boolean => ACCOUNT.test(id) || SALTED.test(id);

function oneOf<T extends string>(known: readonly T[], value: string | undefined): [T] | undefined {
  const found = known.find((one) => one === value);
  return found && [found];
}

/**
 * What somebody who filled the form looks for. A wallet or an account is one member, and leaves the rest aside.
 * @returns `nothing` if `who` is neither a wallet nor an account
 */
export function wantedOf(form: Record<string, string>): Wanted {
  const who = (form.who ?? "").trim().toLowerCase();
  if (WALLET.test(who)) return { by: "wallet", address: who };
  if (ACCOUNT.test(who)) return { by: "account", id: who };
  if (who !== "") return { by: "nothing" };
  const [displayName, email] = [(form.displayName ?? "").trim(), (form.email ?? "").trim()];
  const [status, tier] = [oneOf(statuses, form.status), oneOf(tiers, form.tier)];
  const kycLevel = oneOf(kycLevels, form.kycLevel);
  const filter: Filter = {
    ...(displayName !== "" && { displayName }),
    ...(email !== "" && { email }),
    ...(status && { status }),
    ...(tier && { tier }),
    ...(kycLevel && { kycLevel }),
  };
  return { by: "filter", filter };
}
