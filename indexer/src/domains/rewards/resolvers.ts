import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { memberFilter } from "../identity/service.ts";
import { type PaymentRow, payments } from "./repository.ts";

const node = (row: PaymentRow) => ({
  memberNo: Number(row.member_no),
  validatorId: Number(row.validator_id),
  positionId: row.position_id,
  kind: row.kind.toUpperCase(),
  amount: row.amount,
  paidTo: row.paid_to,
  at: Number(row.block_time),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});

interface RewardArgs extends PageArgs {
  memberNo?: number | null;
  address?: string | null;
  memberId?: string | null;
}

export const resolvers = {
  Query: {
    rewards: async (_root: unknown, args: RewardArgs, context: Context) => {
      const page = pageOf(args, ["whole", "whole"]);
      const memberNo = (await memberFilter(args, context)) ?? 0;
      const rows = await payments(context.read, memberNo, page);
      const cursorOf = (row: PaymentRow) => [row.block_number, String(row.log_index)];
      return connection(rows, page, await context.asOfBlock(), cursorOf, node);
    },
  },
};
