import DataLoader from "dataloader";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { type Moment, upTo } from "../../platform/graphql/past.ts";
import { asNumber, lists } from "../../platform/graphql/rows.ts";
import { walletsByEmail } from "../identity/service/identity.ts";
import {
  levelNumber,
  type MemberNode,
  type MemberTier,
  memberOf,
  statusNumber,
  tierName,
  tierNumber,
} from "../identity/service.ts";
import { walletsNamed } from "../metadata/service.ts";
import { validatorLoader } from "../validators/service.ts";
import {
  type ChangeRow,
  changesOf,
  countMembers,
  type GradeRow,
  gradesOf,
  listMembers,
  type MemberSortField,
  pastGradesOf,
  pastStakesOf,
  type StakeRow,
  stakesOf,
} from "./repository.ts";
import { changeKinds, reasonsOf, shownTier } from "./rules.ts";

interface Args extends PageArgs {
  filter?: {
    tier?: MemberTier[] | null;
    status?: string[] | null;
    kycLevel?: string[] | null;
    minStake?: string | null;
    maxStake?: string | null;
    createdAfter?: number | null;
    createdBefore?: number | null;
    displayName?: string | null;
    email?: string | null;
  } | null;
  sort?: { field: MemberSortField; direction: "ASC" | "DESC" } | null;
}

/** Wallets to which a search by who somebody is comes down; null if nothing of the kind is asked. */
async function ownersOf(filter: Args["filter"], context: Context): Promise<string[] | null> {
  const found: string[][] = [];
  if (filter?.email) found.push(await walletsByEmail(filter.email, context));
  if (filter?.displayName) found.push(await walletsNamed(filter.displayName, context));
  const [first, ...others] = found;
  return first?.filter((wallet) => others.every((list) => list.includes(wallet))) ?? null;
}

async function members(_root: unknown, args: Args, context: Context) {
  const page = pageOf(args, ["wide", "whole"]);
  const stamp = context.asOfBlock();
  const { filter } = args;
  // Levels alone depend on the time; nothing else waits for it.
  const at = filter?.kycLevel ? ((await stamp)?.timestamp ?? 0) : 0;
  const wanted = {
    tiers: filter?.tier?.map(tierNumber) ?? null,
    statuses: filter?.status?.map(statusNumber) ?? null,
    kycLevels: filter?.kycLevel?.map(levelNumber) ?? null,
    minStake: filter?.minStake ?? null,
    maxStake: filter?.maxStake ?? null,
    createdAfter: filter?.createdAfter ?? null,
    createdBefore: filter?.createdBefore ?? null,
    owners: await ownersOf(filter, context),
  };
  const sort = args.sort ?? { field: "CREATED_AT", direction: "DESC" };
  const rows = await listMembers(context.read, at, wanted, sort, page);
  const found = connection(
    rows,
    page,
    await stamp,
    (row) => [row.sorted_by, row.member_no],
    (row) => memberOf(row, context),
  );
  // Counted only for who asks: it may read a million rows that nobody shows.
  return { ...found, totalCount: () => countMembers(context.read, at, wanted) };
}

/** Stakes by member number, batched per answer. */
const stakeLoader = (context: Context, at: Moment) =>
  context.once(`stakes:${at?.number}`, () => {
    const load = async (numbers: readonly number[]) => {
      const rows = at ? pastStakesOf(context.read, numbers, at.number) : stakesOf(context.read, numbers);
      const found = new Map((await rows).map((row) => [Number(row.member_no), row]));
      return numbers.map((number) => found.get(number) ?? null);
    };
    return new DataLoader<number, StakeRow | null>(load);
  });

const gradeLoader = (context: Context, at: Moment) =>
  context.once(`grades:${at?.number}`, () => {
    const load = async (numbers: readonly number[]) => {
      const rows = at ? pastGradesOf(context.read, numbers, at.number) : gradesOf(context.read, numbers);
      const found = new Map((await rows).map((row) => [Number(row.member_no), row]));
      return numbers.map((number) => found.get(number) ?? null);
    };
    return new DataLoader<number, GradeRow | null>(load);
  });

const gradeNode = (row: GradeRow) => ({
  staged: row.staged === null ? null : tierName(row.staged),
  stagedReasons: reasonsOf(row.staged_reasons ?? 0),
  effectiveAt: asNumber(row.effective_at),
  changedAt: asNumber(row.changed_at),
  penaltyPoints: row.points,
  genesis: row.genesis,
  governance: row.governance,
});

const changeNode = (row: ChangeRow) => ({
  kind: changeKinds[row.kind],
  from: tierName(row.from_tier),
  to: tierName(row.to_tier),
  reasons: reasonsOf(row.reasons),
  effectiveAt: asNumber(row.effective_at),
  at: Number(row.block_time),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});

const historyLoader = (context: Context, count: number, at: Moment) =>
  lists(
    context,
    `tierHistory:${count}:${at?.number}`,
    (numbers: readonly number[]) => changesOf(context.read, numbers, count, upTo(at)),
    (row) => Number(row.member_no),
    changeNode,
  );

/** What a tier is shown by, of the validator that a member runs. */
const standingValidator = ({ validator_id, active, tombstoned, jailed_until, keep }: StakeRow) =>
  validator_id === null
    ? undefined
    : { active: !!active, tombstoned: !!tombstoned, jailedUntil: asNumber(jailed_until), keep: BigInt(keep ?? 0) };

async function validatorOf({ memberNo, at }: MemberNode, context: Context) {
  const stake = await stakeLoader(context, at).load(memberNo);
  return stake?.validator_id ? validatorLoader(context, at).load(Number(stake.validator_id)) : null;
}

export const past = {
  Member: ["shownTier", "grade", "tierHistory", "validator", "delegatedStake", "totalStake"],
};

export const resolvers = {
  Query: { members },
  Member: {
    shownTier: async (member: MemberNode, _args: unknown, context: Context) => {
      const grading = gradeLoader(context, member.at).load(member.memberNo);
      const stake = await stakeLoader(context, member.at).load(member.memberNo);
      const grade = await grading;
      return shownTier({
        tier: member.tier,
        suspended: member.status === "SUSPENDED",
        points: grade?.points ?? 0,
        validator: stake ? standingValidator(stake) : undefined,
      });
    },
    grade: async ({ memberNo, at }: MemberNode, _args: unknown, context: Context) => {
      const row = await gradeLoader(context, at).load(memberNo);
      return row ? gradeNode(row) : null;
    },
    tierHistory: ({ memberNo, at }: MemberNode, args: PageArgs, context: Context) =>
      historyLoader(context, pageOf(args, []).limit, at).load(memberNo),
    validator: (member: MemberNode, _args: unknown, context: Context) => validatorOf(member, context),
    delegatedStake: async ({ memberNo, at }: MemberNode, _args: unknown, context: Context) =>
      (await stakeLoader(context, at).load(memberNo))?.delegated ?? "0",
    totalStake: async ({ memberNo, at }: MemberNode, _args: unknown, context: Context) => {
      const stake = await stakeLoader(context, at).load(memberNo);
      return String(BigInt(stake?.self_stake ?? 0) + BigInt(stake?.delegated ?? 0));
    },
  },
};
