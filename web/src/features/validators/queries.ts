import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import type { Reader } from "../../shared/chain/read.ts";
import type { PastCase } from "./records/CaseHistory.tsx";
import type { ConsensusKey } from "./records/KeyHistory.tsx";
import type { TierChange } from "./records/TierHistory.tsx";
import type { ReportedEpoch } from "./records/uptime.ts";

/** In the order of `ShownTier`: tiers as people read them, or the sanction that hides them. */
const shownTiers = [
  "BASIC_USER",
  "DELEGATED_STAKER",
  "CANDIDATE_VALIDATOR",
  "ACTIVE_VALIDATOR",
  "INACTIVE_VALIDATOR",
  "GENESIS_VALIDATOR",
  "ENTERPRISE_VALIDATOR",
  "GOVERNANCE_VALIDATOR",
  "PROBATION_VALIDATOR",
  "SUSPENDED_VALIDATOR",
  "SLASHED_VALIDATOR",
] as const;
export type ShownTier = (typeof shownTiers)[number];
export type HeldTier = Exclude<
  ShownTier,
  "INACTIVE_VALIDATOR" | "PROBATION_VALIDATOR" | "SUSPENDED_VALIDATOR" | "SLASHED_VALIDATOR"
>;

export interface ListedValidator {
  validatorId: number;
  name: string;
  rank: number;
  member: { shownTier: ShownTier };
  active: boolean;
  jailedUntil: number | null;
  tombstoned: boolean;
  openCases: number;
  commissionBps: number;
  netAprBps: number;
  uptimeBps: number | null;
  totalStake: string;
  selfStake: string;
  delegatedStake: string;
  capacity: string | null;
  slashes: { blockNumber: number }[];
}

const LISTED = `validatorId name rank active jailedUntil tombstoned openCases commissionBps netAprBps uptimeBps
  totalStake selfStake delegatedStake capacity`;

export const VALIDATORS = `query Validators($after: String, $filter: ValidatorFilter, $sort: ValidatorSort) {
  validators(first: 50, after: $after, filter: $filter, sort: $sort) {
    totalCount pageInfo { endCursor hasNextPage } nodes { ${LISTED} member { shownTier } slashes { blockNumber } } } }`;

export interface ValidatorDetail extends Omit<ListedValidator, "slashes" | "member"> {
  memberNo: number;
  registeredAt: number;
  maxCommissionBps: number;
  minDelegation: string;
  positionCount: number;
  rewardsTotal: string;
  pendingCommission: { bps: number; executableAt: number; expiresAt: number } | null;
  commissionHistory: { at: number; blockNumber: number; fromBps: number; toBps: number }[];
  daily: { day: number; totalStake: string; rewards: string }[];
  slashes: { at: number; blockNumber: number; delegated: string; self: string; unbonding: string; faultAt: number }[];
  delegators: { positionId: string; memberNo: number; value: string; since: number }[];
  epochs: ReportedEpoch[];
  cases: PastCase[];
  consensusKeys: ConsensusKey[];
  member: { shownTier: ShownTier; tierHistory: TierChange[] };
}

export const VALIDATOR = `query Validator($id: Int!) { validator(validatorId: $id) { ${LISTED}
  memberNo registeredAt maxCommissionBps minDelegation positionCount rewardsTotal
  pendingCommission { bps executableAt expiresAt }
  commissionHistory { at blockNumber fromBps toBps }
  daily(days: 90) { day totalStake rewards }
  slashes { at blockNumber delegated self unbonding faultAt }
  delegators(first: 10) { positionId memberNo value since }
  epochs(last: 90) { epoch uptimeBps down proposed missed attested reportedAt }
  cases(first: 20) { caseId kind state openedAt fractionBps taken }
  consensusKeys { key keyType validFrom validUntil }
  member { shownTier tierHistory(first: 10) { at blockNumber kind from to reasons effectiveAt } } } }`;

/** A validator as it stands on chain, in one call. */
export async function readValidator({ client, at }: Reader, validatorId: number) {
  const lens = { address: at.addressOf("ProtocolLens"), abi: protocolLensAbi } as const;
  const seen = await client.readContract({ ...lens, functionName: "validatorOf", args: [validatorId] });
  if (seen.validator.memberNo === 0n) return null;
  return {
    self: seen.stake.self,
    delegated: seen.stake.del.tokens,
    openCases: seen.stake.openCases,
    commissionBps: seen.commissionBps,
    active: seen.validator.active,
    tombstoned: seen.validator.tombstoned,
    jailedUntil: seen.validator.jailedUntil === 0 ? null : seen.validator.jailedUntil,
    shownTier: shownTiers[seen.shownTier] ?? "BASIC_USER",
    /** Mean of the last epochs; undefined before the first report. */
    uptimeBps: seen.reports === 0 ? undefined : seen.uptimeBps,
  };
}
export type ChainValidator = NonNullable<Awaited<ReturnType<typeof readValidator>>>;

/** A repeatable order by which no validator is always first: the seed is the day. */
export function shuffled<Row extends { validatorId: number; active: boolean }>(rows: Row[], seed: number): Row[] {
  const weight = ({ validatorId }: Row) => {
    let hash = Math.imul(validatorId ^ seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  };
  return rows.toSorted((a, b) => Number(b.active) - Number(a.active) || weight(a) - weight(b));
}
