import { granted } from "../../platform/access/decide.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { readAccount } from "./rules.ts";
import { type IdentityArgs, identityOf } from "./service/identity.ts";
import { accountIdOf, type MemberArgs, type MemberNode, memberBy } from "./service.ts";

export const resolvers = {
  Query: {
    member: (_root: unknown, args: MemberArgs, context: Context) => memberBy(args, context),
  },
  Member: {
    memberNo: ({ memberNo }: MemberNode) => (memberNo === 0 ? null : memberNo),
    accountId: async (member: MemberNode, _args: unknown, context: Context) => {
      const id = await accountIdOf(member, context);
      return id !== null && granted(context.actor, readAccount.may, id) ? id : null;
    },
    identity: (member: MemberNode, args: IdentityArgs, context: Context) => identityOf(member, args, context),
  },
};
