import DataLoader from "dataloader";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import type { BlockNode } from "../blocks/service.ts";
import { type MemberNode, memberFilter } from "../identity/service.ts";
import { eventNode } from "./nodes.ts";
import { type ActivityRow, activity, eventsOf } from "./repository.ts";

interface ActivityArgs extends PageArgs {
  memberNo?: number | null;
  address?: string | null;
  validatorId?: number | null;
}

async function listActivity(_root: unknown, args: ActivityArgs, context: Context) {
  const page = pageOf(args, ["whole", "whole"]);
  const by = { memberNo: await memberFilter(args, context), validatorId: args.validatorId ?? null };
  const rows = await activity(context.read, by, page);
  const cursorOf = (row: ActivityRow) => [row.block_number, String(row.log_index)];
  return connection(rows, page, await context.asOfBlock(), cursorOf, eventNode);
}

const eventLoader = (context: Context) =>
  context.once("events", () => {
    const load = async (numbers: readonly number[]) => {
      const rows = (await eventsOf(context.read, numbers)).map(eventNode);
      return numbers.map((number) => rows.filter((row) => row.blockNumber === number));
    };
    return new DataLoader<number, ReturnType<typeof eventNode>[]>(load);
  });

export const resolvers = {
  Query: { activity: listActivity },
  FinancialProfile: {
    transactions: ({ member }: { member: MemberNode }, args: PageArgs, context: Context) =>
      listActivity(undefined, { ...args, memberNo: member.memberNo }, context),
  },
  Block: {
    events: ({ number }: BlockNode, _args: unknown, context: Context) => eventLoader(context).load(number),
  },
};
