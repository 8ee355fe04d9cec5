import DataLoader from "dataloader";
import { enumName } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Context } from "../../platform/graphql/context.ts";
import type { Moment } from "../../platform/graphql/past.ts";
import {
  type AccountRow,
  accountById,
  accountsOf,
  byNumbers,
  MEMBER_COLUMNS,
  type MemberRow,
  namesAccount,
  numberOf,
  pastMembers,
  pastNumberOf,
} from "./repository.ts";

const statuses = ["NONE", "PENDING", "ACTIVE", "INACTIVE", "SUSPENDED", "TERMINATED", "BLACKLISTED"];
const levels = ["NONE", "BASIC", "ENHANCED", "INSTITUTIONAL"];

/** Tiers that a member can hold, in the contract's order (`MemberTier`). */
const tiers = [
  "BASIC_USER",
  "DELEGATED_STAKER",
  "CANDIDATE_VALIDATOR",
  "ACTIVE_VALIDATOR",
  "GENESIS_VALIDATOR",
  "ENTERPRISE_VALIDATOR",
  "GOVERNANCE_VALIDATOR",
] as const;
export type MemberTier = (typeof tiers)[number];

export const tierName = (number: number): MemberTier => enumName(tiers, number);
export const tierNumber = (name: MemberTier): number => tiers.indexOf(name);

/** Number of a status as the contract counts. */
export const statusNumber = (name: string) => statuses.indexOf(name);
export const levelNumber = (name: string) => levels.indexOf(name);

/** Remembers that a member has acted in this block. */
export async function noteAct(store: Store, event: ChainEvent, memberNo: number): Promise<void> {
  await store.change("members", { member_no: memberNo }, () => ({ last_activity_at: event.blockTime }));
}

const pending = (address: string | null, at: string | null) =>
  address === null ? null : { address, readyAt: at === null ? null : Number(at) };

const node = (row: MemberRow, at: Moment) => ({
  at,
  memberNo: Number(row.member_no),
  memberId: row.member_id,
  accountAddress: row.owner,
  operator: row.operator,
  payoutAddress: row.payout,
  pendingPayout: pending(row.pending_payout, row.pending_payout_at),
  pendingOwner: row.pending_owner,
  pendingRecovery: pending(row.pending_recovery, row.pending_recovery_at),
  status: statuses[row.status],
  tier: tierName(row.tier),
  frozenUntil: row.frozen_until === null ? null : Number(row.frozen_until),
  kycLevel: levels[row.kyc_level],
  kycValidUntil: row.kyc_valid_until === null ? null : Number(row.kyc_valid_until),
  createdAt: Number(row.registered_at),
  lastActivityAt: Number(row.last_activity_at),
  /** Whether the member may take on more: not while suspended, terminated or blacklisted. */
  isInGoodStanding: row.status <= statuses.indexOf("INACTIVE"),
  /** KYC level as the contracts count it at `timestamp`: an expired attestation is none. */
  levelAt: (timestamp: number) =>
    row.kyc_valid_until !== null && timestamp < Number(row.kyc_valid_until) ? row.kyc_level : 0,
});

export type MemberNode = Omit<ReturnType<typeof node>, "memberId" | "payoutAddress"> & {
  memberId: string | null;
  payoutAddress: string | null;
};

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

/** Somebody who has signed in and is no member on chain yet: number 0, which nothing on chain belongs to. */
const newcomer = (row: AccountRow): MemberNode => ({
  at: undefined,
  ...{ memberNo: 0, memberId: null, accountAddress: row.address, operator: null, payoutAddress: null },
  ...{ pendingPayout: null, pendingOwner: null, pendingRecovery: null, status: "PENDING", tier: tierName(0) },
  ...{ frozenUntil: null, kycLevel: "NONE", kycValidUntil: null, isInGoodStanding: true },
  ...{ createdAt: seconds(row.created_at), lastActivityAt: seconds(row.last_activity_at) },
  levelAt: () => 0,
});

/** Members by number, batched per request. @param at Block of whose state they are. */
export const memberLoader = (context: Context, at: Moment = undefined) =>
  context.once(`members:${at?.number}`, () => {
    const load = async (numbers: readonly number[]) => {
      const rows = at ? pastMembers(context.read, numbers, at.number) : byNumbers(context.read, numbers);
      const found = new Map((await rows).map((row) => [Number(row.member_no), node(row, at)]));
      return numbers.map((number) => found.get(number) ?? null);
    };
    return new DataLoader<number, MemberNode | null>(load);
  });

/** A member as a list of another domain reads it. */
export type ListedMember = MemberRow;

/** What such a list selects of `chain.members`, named `m`. */
export const listedColumns = MEMBER_COLUMNS;

/** The member of such a row, known to the loader from now on. */
export function memberOf(row: ListedMember, context: Context): MemberNode {
  const made = node(row, undefined);
  memberLoader(context).prime(made.memberNo, made);
  return made;
}

/** Accounts with us by wallet, batched per answer. */
const accountLoader = (context: Context) =>
  context.once("accounts", () => {
    const load = async (addresses: readonly string[]) => {
      const found = new Map((await accountsOf(context.read, addresses)).map(({ address, id }) => [address, id]));
      return addresses.map((address) => found.get(address) ?? null);
    };
    return new DataLoader<string, string | null>(load);
  });

/** Account (UUID) of a member; null for whoever has never signed in, or was erased. */
export const accountIdOf = (member: MemberNode, context: Context): Promise<string | null> =>
  accountLoader(context).load(member.accountAddress);

export interface MemberArgs {
  memberNo?: number | null;
  address?: string | null;
  memberId?: string | null;
}

/** Number of the member that the arguments name; undefined if there is none. A wallet is whose it was at the time. */
async function memberNoOf(args: MemberArgs, context: Context, at: Moment): Promise<number | undefined> {
  if (at && args.address && (args.memberNo ?? args.memberId ?? null) === null) {
    return pastNumberOf(context.read, args.address, at.number);
  }
  return args.memberNo ?? (await numberOf(context.read, args));
}

/** The member that the arguments name, on chain or not yet; one of the past was on chain. */
export async function memberBy(args: MemberArgs, context: Context, at: Moment = undefined): Promise<MemberNode | null> {
  if ((args.memberNo ?? null) === null && args.memberId && namesAccount(args.memberId)) {
    const account = await accountById(context.read, args.memberId);
    if (!account) return null;
    if (account.member_no !== null) return memberLoader(context, at).load(Number(account.member_no));
    return at ? null : newcomer(account);
  }
  const memberNo = await memberNoOf(args, context, at);
  return memberNo === undefined ? null : memberLoader(context, at).load(memberNo);
}

/** The member that a list is asked for: null for all, 0 — nobody — for a wallet that is no member. */
export async function memberFilter(args: MemberArgs, context: Context, at: Moment = undefined): Promise<number | null> {
  const isNamed = [args.memberNo, args.address, args.memberId].some((value) => value !== undefined && value !== null);
  return isNamed ? ((await memberNoOf(args, context, at)) ?? 0) : null;
}
