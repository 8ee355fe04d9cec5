import { granted } from "../../platform/access/decide.ts";
import { acrossMembers } from "../../platform/access/scope.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { accountIdOf, type MemberNode } from "../identity/service.ts";
import { standingOf } from "./repository.ts";
import { readReferral } from "./rules.ts";

export const resolvers = {
  Member: {
    referral: async (member: MemberNode, _args: unknown, context: Context) => {
      const id = await accountIdOf(member, context);
      if (id === null || !granted(context.actor, readReferral.may, id)) return null;
      const { code, letIn, waiting } = await acrossMembers(() => standingOf(context.read, id));
      return { code, count: letIn, waitingCount: waiting, rewardsEarned: "0" };
    },
  },
};
