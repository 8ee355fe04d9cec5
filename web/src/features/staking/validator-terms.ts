import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import type { Reader } from "../../shared/chain/read.ts";

/** The smallest delegation that the network accepts. */
export const NETWORK_MINIMUM = 100n * 10n ** 18n;
const PROBATION = 8;
const UNLIMITED_RATIO = 65_535;

/** What delegating to a validator means now, from the contracts. */
export interface ValidatorTerms {
  exists: boolean;
  isActive: boolean;
  isTombstoned: boolean;
  jailedUntil: number;
  openCases: number;
  /** Broke its service levels too often; see `ShownTier`. */
  isOnProbation: boolean;
  commissionBps: number;
  pendingBps: number | undefined;
  executableAt: number;
  minimum: bigint;
  /** Room left; undefined without limit. */
  room: bigint | undefined;
  isFull: boolean;
  self: bigint;
  delegated: bigint;
}

export async function readTerms({ client, at }: Reader, validatorId: number): Promise<ValidatorTerms> {
  const args = [validatorId] as const;
  const lens = { address: at.addressOf("ProtocolLens"), abi: protocolLensAbi } as const;
  const [validator, stake, commissionBps, accepted, { shownTier }] = await Promise.all([
    client.readContract({ ...at.validators, functionName: "validator", args }),
    client.readContract({ ...at.core, functionName: "validatorStake", args }),
    client.readContract({ ...at.validators, functionName: "commissionOf", args }),
    client.readContract({ ...at.validators, functionName: "acceptance", args }),
    client.readContract({ ...lens, functionName: "validatorOf", args }),
  ]);
  const delegated = stake.del.tokens;
  const capacity = stake.self * BigInt(accepted.capRatio);
  return {
    exists: validator.memberNo !== 0n,
    isActive: validator.active,
    isTombstoned: validator.tombstoned,
    jailedUntil: validator.jailedUntil,
    openCases: stake.openCases,
    isOnProbation: shownTier === PROBATION,
    commissionBps,
    pendingBps: validator.executableAt === 0 ? undefined : validator.pendingBps,
    executableAt: validator.executableAt,
    minimum: accepted.minDelegation > NETWORK_MINIMUM ? accepted.minDelegation : NETWORK_MINIMUM,
    room: accepted.capRatio === UNLIMITED_RATIO ? undefined : capacity > delegated ? capacity - delegated : 0n,
    isFull: stake.nPos >= accepted.maxPositions,
    self: stake.self,
    delegated,
  };
}

export type Closed = "missing" | "tombstoned" | "jailed" | "case" | "full" | "no-room";

/** Why a validator takes no delegation at all, if it takes none. Adding to an own position needs no further place. */
export function closedBecause(terms: ValidatorTerms, hasPosition: boolean): Closed | undefined {
  if (!terms.exists) return "missing";
  if (terms.isTombstoned) return "tombstoned";
  if (terms.jailedUntil !== 0) return "jailed";
  if (terms.openCases !== 0) return "case";
  if (terms.isFull && !hasPosition) return "full";
  return terms.room === 0n ? "no-room" : undefined;
}

const DAY = 86_400;
/** A rise of two points within 30 days is warned of for 180 days. */
export function hasRisenFast(history: { at: number; fromBps: number; toBps: number }[], now: number): boolean {
  const recent = history.filter(({ at }) => now - at < 180 * DAY).sort((a, b) => a.at - b.at);
  return recent.some((first, index) =>
    recent.slice(index).some((last) => last.at - first.at <= 30 * DAY && last.toBps - first.fromBps >= 200),
  );
}

export interface PastSlash {
  at: number;
  blockNumber: number;
}

/** The latest slash, if it is not older than 180 days. */
export function recentSlash(slashes: readonly PastSlash[], now: number): PastSlash | undefined {
  const [latest] = slashes.toSorted((a, b) => b.at - a.at);
  return latest && now - latest.at < 180 * DAY ? latest : undefined;
}
