import { granted, visible } from "../../platform/access/decide.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { accountIdOf, type MemberNode } from "../identity/service.ts";
import { affairsOf } from "./repository.ts";
import { affairFields } from "./rules.ts";

export const resolvers = {
  Member: {
    affairs: async (member: MemberNode, _args: unknown, context: Context) => {
      const id = await accountIdOf(member, context);
      if (id === null || !granted(context.actor, affairFields.registration.read, id)) return null;
      // Not of the replica: whoever was told of a change must not see what stood before it.
      const { pool, clock } = context.people().kit;
      return visible(context.actor, affairFields, await affairsOf(pool, id, clock()), id);
    },
  },
};
