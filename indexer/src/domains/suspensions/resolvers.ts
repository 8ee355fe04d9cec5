import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { asNumber, lists } from "../../platform/graphql/rows.ts";
import { type MemberNode, memberLoader } from "../identity/service.ts";
import {
  listSuspensions,
  type OrderRow,
  ordersOf,
  type SuspensionRow,
  suspensionById,
  suspensionsOf,
} from "./repository.ts";
import { endOf, orderKinds, reasonName, type SuspensionState, stateName, stateNumber, verdictName } from "./rules.ts";

const suspensionNode = (row: SuspensionRow) => ({
  suspensionId: Number(row.suspension_id),
  memberNo: Number(row.member_no),
  reason: reasonName(row.reason),
  state: stateName(row.state),
  evidenceHash: row.evidence_hash,
  suspendedAt: Number(row.suspended_at),
  suspendedBy: row.suspended_by,
  endsAt: endOf(row.state, Number(row.ends_at), asNumber(row.decide_by)),
  appealBy: Number(row.appeal_by),
  statementHash: row.statement_hash,
  appealedAt: asNumber(row.appealed_at),
  decideBy: asNumber(row.decide_by),
  verdict: row.verdict === null ? null : verdictName(row.verdict),
  decidedAt: asNumber(row.decided_at),
  decidedBy: row.decided_by,
  restoredAt: asNumber(row.restored_at),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});
type SuspensionNode = ReturnType<typeof suspensionNode>;

const orderNode = (row: OrderRow) => ({
  memberNo: Number(row.member_no),
  kind: orderKinds[row.kind],
  until: asNumber(row.until),
  documentHash: row.document_hash,
  orderedBy: row.ordered_by,
  at: Number(row.block_time),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});

const memberOf = (row: { member_no: string }) => Number(row.member_no);

interface Args extends PageArgs {
  memberNo?: number | null;
  state?: SuspensionState[] | null;
}

async function suspensions(_root: unknown, args: Args, context: Context) {
  const page = pageOf(args, ["whole"]);
  const filter = { memberNo: args.memberNo ?? null, states: args.state?.map(stateNumber) ?? null };
  const rows = await listSuspensions(context.read, filter, page);
  return connection(rows, page, await context.asOfBlock(), (row) => [row.suspension_id], suspensionNode);
}

export const resolvers = {
  Query: {
    suspensions,
    suspension: async (_root: unknown, { suspensionId }: { suspensionId: number }, context: Context) => {
      const row = await suspensionById(context.read, suspensionId);
      return row ? suspensionNode(row) : null;
    },
  },
  Suspension: {
    member: ({ memberNo }: SuspensionNode, _args: unknown, context: Context) => memberLoader(context).load(memberNo),
  },
  Member: {
    suspensions: ({ memberNo }: MemberNode, args: PageArgs, context: Context) => {
      const { limit } = pageOf(args, []);
      const read = (numbers: readonly number[]) => suspensionsOf(context.read, numbers, limit);
      return lists(context, `suspensions:${limit}`, read, memberOf, suspensionNode).load(memberNo);
    },
    orders: ({ memberNo }: MemberNode, args: PageArgs, context: Context) => {
      const { limit } = pageOf(args, []);
      const read = (numbers: readonly number[]) => ordersOf(context.read, numbers, limit);
      return lists(context, `orders:${limit}`, read, memberOf, orderNode).load(memberNo);
    },
  },
};
