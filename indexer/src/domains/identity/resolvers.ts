import { granted } from "../../platform/access/decide.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { momentOf, type PastArgs, stampOf } from "../../platform/graphql/past.ts";
import { readAccount } from "./rules.ts";
import { type IdentityArgs, identityOf } from "./service/identity.ts";
import { accountIdOf, type MemberArgs, type MemberNode, memberBy } from "./service.ts";

/** What the chain knows of a member, but for when it acted last; who it is has no past here. */
export const past = {
  Member: [
    ...["asOfBlock", "memberNo", "memberId", "accountAddress", "operator", "payoutAddress", "pendingPayout"],
    ...["pendingOwner", "pendingRecovery", "status", "tier", "frozenUntil", "kycLevel", "kycValidUntil", "createdAt"],
  ],
};

export const resolvers = {
  Query: {
    member: async (_root: unknown, args: MemberArgs & PastArgs, context: Context) =>
      memberBy(args, context, await momentOf(args, context)),
  },
  Member: {
    asOfBlock: (member: MemberNode, _args: unknown, context: Context) => stampOf(member, context),
    memberNo: ({ memberNo }: MemberNode) => (memberNo === 0 ? null : memberNo),
    accountId: async (member: MemberNode, _args: unknown, context: Context) => {
      const id = await accountIdOf(member, context);
      return id !== null && granted(context.actor, readAccount.may, id) ? id : null;
    },
    identity: (member: MemberNode, args: IdentityArgs, context: Context) => identityOf(member, args, context),
  },
};
