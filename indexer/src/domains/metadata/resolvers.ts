import type { Context } from "../../platform/graphql/context.ts";
import { accountIdOf, type MemberNode } from "../identity/service.ts";
import { blank, seenBy } from "./rules.ts";
import { profileLoader } from "./service.ts";

export const resolvers = {
  Member: {
    metadata: async (member: MemberNode, _args: unknown, context: Context) => {
      const id = await accountIdOf(member, context);
      if (id === null) return null;
      const found = await profileLoader(context).load(id);
      const { custom, ...seen } = seenBy(context.actor, found?.profile ?? blank, id);
      const fields = custom && Object.entries(custom).map(([name, value]) => ({ name, value: String(value) }));
      return { version: found?.version ?? 0, ...seen, custom: fields };
    },
  },
};
