const TBURN = 10n ** 18n;

export type MemberTier =
  | "BASIC_USER"
  | "DELEGATED_STAKER"
  | "CANDIDATE_VALIDATOR"
  | "ACTIVE_VALIDATOR"
  | "ENTERPRISE_VALIDATOR";

/**
 * Tier of a member (seed §4): the validator's, if it has reached one, else a delegated staker from 100 TBURN on.
 * @param validatorTier Tier that own stake and KYC support; undefined for who has no validator.
 * @param delegated Value of the member's delegations, base units.
 */
export function memberTier(validatorTier: MemberTier | undefined, delegated: bigint): MemberTier {
  if (validatorTier && validatorTier !== "BASIC_USER") return validatorTier;
  return delegated >= 100n * TBURN ? "DELEGATED_STAKER" : "BASIC_USER";
}
