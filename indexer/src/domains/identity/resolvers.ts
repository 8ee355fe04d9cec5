import type { Context } from "../../platform/graphql/context.ts";
import { type MemberArgs, memberLoader, memberNoOf } from "./service.ts";

export const resolvers = {
  Query: {
    member: async (_root: unknown, args: MemberArgs, context: Context) => {
      const memberNo = await memberNoOf(args, context);
      return memberNo === undefined ? null : memberLoader(context).load(memberNo);
    },
  },
};
