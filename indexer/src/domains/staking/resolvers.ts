import DataLoader from "dataloader";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { memberLoader, memberNoOf } from "../identity/resolvers.ts";
import { type ValidatorNode, validatorLoader } from "../validators/resolvers.ts";
import { listPositions, listRequests, type PositionRow, type RequestRow, topPositions } from "./repository.ts";
import { earned, valueOf } from "./rules.ts";

const position = (row: PositionRow) => ({
  row,
  positionId: row.position_id,
  memberNo: Number(row.member_no),
  validatorId: Number(row.validator_id),
});
type PositionNode = ReturnType<typeof position>;

const request = (row: RequestRow) => ({
  requestId: row.request_id,
  memberNo: Number(row.member_no),
  validatorId: Number(row.validator_id),
  kind: row.kind === 0 ? "DELEGATION" : "SELF_STAKE",
  value:
    row.paid ??
    String(
      valueOf(
        { tokens: BigInt(row.pool_tokens), shares: BigInt(row.pool_shares), gen: row.pool_gen },
        BigInt(row.cohort_shares),
        row.gen,
      ),
    ),
  tokensAtRequest: row.tokens_at_request,
  requestedAt: Number(row.requested_at),
  maturesAt: Number(row.matures_at),
  claimedAt: row.claimed_at === null ? null : Number(row.claimed_at),
});

interface ListArgs extends PageArgs {
  memberNo?: number | null;
  address?: string | null;
  validatorId?: number | null;
  closed?: boolean;
  claimed?: boolean;
}

const mapped = <A, B>(found: ReturnType<typeof connection<A>>, to: (row: A) => B) => {
  const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: to(node) }));
  return { ...found, edges, nodes: edges.map((edge) => edge.node) };
};

/** A wallet that is no member has nothing: number 0 belongs to nobody. */
async function whose(args: ListArgs, context: Context): Promise<number | null> {
  if (args.memberNo === undefined && args.address === undefined) return null;
  return (await memberNoOf(args, context)) ?? 0;
}

async function stakingPositions(_root: unknown, args: ListArgs, context: Context) {
  const page = pageOf(args, 1);
  const by = {
    memberNo: await whose(args, context),
    validatorId: args.validatorId ?? null,
    closed: args.closed ?? false,
  };
  const [rows, asOfBlock] = await Promise.all([listPositions(context.read, by, page), context.asOfBlock()]);
  return mapped(
    connection(rows, page, (row) => [row.position_id], asOfBlock),
    position,
  );
}

async function unstakingRequests(_root: unknown, args: ListArgs, context: Context) {
  const page = pageOf(args, 1);
  const by = { memberNo: await whose(args, context), claimed: args.claimed ?? false };
  const [rows, asOfBlock] = await Promise.all([listRequests(context.read, by, page), context.asOfBlock()]);
  return mapped(
    connection(rows, page, (row) => [row.request_id], asOfBlock),
    request,
  );
}

const delegatorLoader = (context: Context, count: number) =>
  context.once(`delegators:${count}`, () => {
    const load = async (ids: readonly number[]) => {
      const rows = (await topPositions(context.read, ids, count)).map(position);
      return ids.map((id) => rows.filter((row) => row.validatorId === id));
    };
    return new DataLoader<number, PositionNode[]>(load);
  });

async function pendingRewards({ row, validatorId }: PositionNode, _args: unknown, context: Context): Promise<string> {
  const validator = await validatorLoader(context).load(validatorId);
  const live = validator?.pool.gen === row.gen ? validator.accumulatorRay : BigInt(row.final_ray ?? 0);
  return String(BigInt(row.unpaid) + earned(BigInt(row.shares), live, BigInt(row.acc_paid)));
}

const ofMember =
  (list: typeof stakingPositions | typeof unstakingRequests) =>
  ({ memberNo }: { memberNo: number }, args: PageArgs, context: Context) =>
    list(undefined, { ...args, memberNo }, context);

export const resolvers = {
  Query: { stakingPositions, unstakingRequests },
  Member: { stakingPositions: ofMember(stakingPositions), unstakingRequests: ofMember(unstakingRequests) },
  Validator: {
    delegators: ({ validatorId }: ValidatorNode, args: PageArgs, context: Context) =>
      delegatorLoader(context, pageOf(args, 1).limit).load(validatorId),
  },
  StakingPosition: {
    shares: ({ row }: PositionNode) => row.shares,
    value: async ({ row, validatorId }: PositionNode, _args: unknown, context: Context) => {
      const validator = await validatorLoader(context).load(validatorId);
      return validator ? String(valueOf(validator.pool, BigInt(row.shares), row.gen)) : "0";
    },
    pendingRewards,
    claimedRewards: ({ row }: PositionNode) => row.claimed,
    autoCompound: ({ row }: PositionNode) => row.auto_compound,
    lienId: ({ row }: PositionNode) => (row.lien_id === null ? null : Number(row.lien_id)),
    since: ({ row }: PositionNode) => Number(row.since),
    closedAt: ({ row }: PositionNode) => (row.closed_at === null ? null : Number(row.closed_at)),
    validator: ({ validatorId }: PositionNode, _args: unknown, context: Context) =>
      validatorLoader(context).load(validatorId),
    member: ({ memberNo }: PositionNode, _args: unknown, context: Context) => memberLoader(context).load(memberNo),
  },
  UnstakingRequest: {
    validator: ({ validatorId }: { validatorId: number }, _args: unknown, context: Context) =>
      validatorLoader(context).load(validatorId),
  },
};
