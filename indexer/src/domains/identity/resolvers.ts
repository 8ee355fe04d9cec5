import DataLoader from "dataloader";
import type { Context } from "../../platform/graphql/context.ts";
import { byNumbers, type MemberRow, numberOf } from "./repository.ts";

const statuses = ["NONE", "PENDING", "ACTIVE", "INACTIVE", "SUSPENDED", "TERMINATED", "BLACKLISTED"];
const levels = ["NONE", "BASIC", "ENHANCED", "INSTITUTIONAL"];

const node = (row: MemberRow) => ({
  memberNo: Number(row.member_no),
  memberId: row.member_id,
  accountAddress: row.owner,
  operator: row.operator,
  payoutAddress: row.payout,
  status: statuses[row.status],
  kycLevel: levels[row.kyc_level],
  kycValidUntil: row.kyc_valid_until === null ? null : Number(row.kyc_valid_until),
  createdAt: Number(row.registered_at),
  lastActivityAt: Number(row.last_activity_at),
});

/** Members by number, batched per request. */
export const memberLoader = (context: Context) =>
  context.once("members", () => {
    const load = async (numbers: readonly number[]) => {
      const found = new Map((await byNumbers(context.read, numbers)).map((row) => [Number(row.member_no), node(row)]));
      return numbers.map((number) => found.get(number) ?? null);
    };
    return new DataLoader(load);
  });

interface MemberArgs {
  memberNo?: number | null;
  address?: string | null;
  memberId?: string | null;
}

/** Number of the member that the arguments name. */
export async function memberNoOf(args: MemberArgs, context: Context): Promise<number | undefined> {
  return args.memberNo ?? (await numberOf(context.read, args));
}

export const resolvers = {
  Query: {
    member: async (_root: unknown, args: MemberArgs, context: Context) => {
      const memberNo = await memberNoOf(args, context);
      return memberNo === undefined ? null : memberLoader(context).load(memberNo);
    },
  },
  Validator: {
    member: ({ memberNo }: { memberNo: number }, _args: unknown, context: Context) =>
      memberLoader(context).load(memberNo),
  },
};
