import { permit, type Verb } from "../../platform/access/decide.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { asNumber } from "../../platform/graphql/rows.ts";
import { accountIdOf, type MemberNode, memberBy } from "../identity/service.ts";
import { type FinanceRow, financesOf, statisticsOf } from "./repository.ts";
import { readFinances, readStatistics } from "./rules.ts";

async function allow(verb: Verb, member: MemberNode, context: Context): Promise<void> {
  permit(context.actor, verb, context.people().kit.clock(), (await accountIdOf(member, context)) ?? undefined);
}

const sum = (...amounts: string[]) => String(amounts.reduce((total, amount) => total + BigInt(amount), 0n));

const financesNode = (row: FinanceRow) => ({
  totalBalance: sum(row.balance, row.self_stake, row.delegated, row.unbonding),
  availableBalance: row.balance,
  lockedBalance: row.unbonding,
  stakedBalance: sum(row.self_stake, row.delegated),
  validatorRewards: row.commission,
  delegationRewards: row.claimed,
  compoundedRewards: row.compounded,
  totalSlashed: row.slashed,
  firstTransactionAt: asNumber(row.first_at),
  lastTransactionAt: asNumber(row.last_at),
});

export const resolvers = {
  Query: {
    memberStats: async (_root: unknown, { memberId }: { memberId: string }, context: Context) => {
      const member = await memberBy({ memberId }, context);
      if (!member) return null;
      await allow(readStatistics, member, context);
      const row = await statisticsOf(context.read, member.memberNo);
      return {
        ...{
          openPositions: row.open_positions,
          closedPositions: row.closed_positions,
          openRequests: row.open_requests,
        },
        ...{ eventCount: Number(row.events), rewardPaymentCount: Number(row.payments) },
      };
    },
  },
  Member: {
    financial: async (member: MemberNode, _args: unknown, context: Context) => {
      await allow(readFinances, member, context);
      return {
        ...financesNode(await financesOf(context.read, member.memberNo, member.accountAddress)),
        asOfBlock: await context.asOfBlock(),
        member,
      };
    },
  },
};
