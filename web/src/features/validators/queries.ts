export interface ListedValidator {
  validatorId: number;
  name: string;
  rank: number;
  tier: "BASIC_USER" | "CANDIDATE_VALIDATOR" | "ACTIVE_VALIDATOR" | "ENTERPRISE_VALIDATOR";
  active: boolean;
  jailedUntil: number | null;
  tombstoned: boolean;
  openCases: number;
  commissionBps: number;
  netAprBps: number;
  totalStake: string;
  selfStake: string;
  delegatedStake: string;
  capacity: string | null;
  slashes: { blockNumber: number }[];
}

const LISTED = `validatorId name rank tier active jailedUntil tombstoned openCases commissionBps netAprBps
  totalStake selfStake delegatedStake capacity`;

export const VALIDATORS = `query Validators($after: String, $filter: ValidatorFilter, $sort: ValidatorSort) {
  validators(first: 50, after: $after, filter: $filter, sort: $sort) {
    totalCount pageInfo { endCursor hasNextPage } nodes { ${LISTED} slashes { blockNumber } } } }`;

export interface ValidatorDetail extends Omit<ListedValidator, "slashes"> {
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
}

export const VALIDATOR = `query Validator($id: Int!) { validator(validatorId: $id) { ${LISTED}
  memberNo registeredAt maxCommissionBps minDelegation positionCount rewardsTotal
  pendingCommission { bps executableAt expiresAt }
  commissionHistory { at blockNumber fromBps toBps }
  daily(days: 90) { day totalStake rewards }
  slashes { at blockNumber delegated self unbonding faultAt }
  delegators(first: 10) { positionId memberNo value since } } }`;

/** A repeatable order by which no validator is always first: the seed is the day. */
export function shuffled<Row extends { validatorId: number; active: boolean }>(rows: Row[], seed: number): Row[] {
  const weight = ({ validatorId }: Row) => {
    let hash = Math.imul(validatorId ^ seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  };
  return rows.toSorted((a, b) => Number(b.active) - Number(a.active) || weight(a) - weight(b));
}
