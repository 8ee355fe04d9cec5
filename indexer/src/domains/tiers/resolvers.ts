import DataLoader from "dataloader";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { levelNumber, type MemberNode, memberLoader, statusNumber } from "../identity/service.ts";
import { tierInForce, validatorLoader } from "../validators/service.ts";
import { listMembers, type MemberSortField, type StakeRow, stakesOf } from "./repository.ts";
import { memberTier } from "./rules.ts";

interface Args extends PageArgs {
  filter?: {
    tier?: string[] | null;
    status?: string[] | null;
    kycLevel?: string[] | null;
    minStake?: string | null;
    maxStake?: string | null;
    createdAfter?: number | null;
    createdBefore?: number | null;
  } | null;
  sort?: { field: MemberSortField; direction: "ASC" | "DESC" } | null;
}

async function members(_root: unknown, args: Args, context: Context) {
  const page = pageOf(args, ["wide", "whole"]);
  const asOfBlock = await context.asOfBlock();
  const { filter } = args;
  const wanted = {
    tiers: filter?.tier ?? null,
    statuses: filter?.status?.map(statusNumber) ?? null,
    kycLevels: filter?.kycLevel?.map(levelNumber) ?? null,
    minStake: filter?.minStake ?? null,
    maxStake: filter?.maxStake ?? null,
    createdAfter: filter?.createdAfter ?? null,
    createdBefore: filter?.createdBefore ?? null,
  };
  const sort = args.sort ?? { field: "CREATED_AT", direction: "DESC" };
  const rows = await listMembers(context.read, asOfBlock?.timestamp ?? 0, wanted, sort, page);
  const nodes = await memberLoader(context).loadMany(rows.map((row) => Number(row.member_no)));
  const numbered = rows.map((row, i) => ({ row, node: nodes[i] }));
  const found = connection(
    numbered,
    page,
    asOfBlock,
    ({ row }) => [row.sorted_by, row.member_no],
    ({ node }) => node,
  );
  return { ...found, totalCount: Number(rows[0]?.total_count ?? 0) };
}

/** Stakes by member number, batched per answer. */
const stakeLoader = (context: Context) =>
  context.once("stakes", () => {
    const load = async (numbers: readonly number[]) => {
      const found = new Map((await stakesOf(context.read, numbers)).map((row) => [Number(row.member_no), row]));
      return numbers.map((number) => found.get(number) ?? null);
    };
    return new DataLoader<number, StakeRow | null>(load);
  });

async function validatorOf({ memberNo }: MemberNode, context: Context) {
  const stake = await stakeLoader(context).load(memberNo);
  return stake?.validator_id ? validatorLoader(context).load(Number(stake.validator_id)) : null;
}

export const resolvers = {
  Query: { members },
  Member: {
    tier: async (member: MemberNode, _args: unknown, context: Context) => {
      const [stake, validator] = [await stakeLoader(context).load(member.memberNo), await validatorOf(member, context)];
      const tier = validator ? await tierInForce(validator, context) : undefined;
      return memberTier(tier, BigInt(stake?.delegated ?? 0));
    },
    validator: (member: MemberNode, _args: unknown, context: Context) => validatorOf(member, context),
    delegatedStake: async ({ memberNo }: MemberNode, _args: unknown, context: Context) =>
      (await stakeLoader(context).load(memberNo))?.delegated ?? "0",
    totalStake: async ({ memberNo }: MemberNode, _args: unknown, context: Context) => {
      const stake = await stakeLoader(context).load(memberNo);
      return String(BigInt(stake?.self_stake ?? 0) + BigInt(stake?.delegated ?? 0));
    },
  },
};
