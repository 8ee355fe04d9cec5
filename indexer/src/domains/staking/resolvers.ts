import DataLoader from "dataloader";
import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { type Moment, momentOf, type PastArgs, stampOf, type Told } from "../../platform/graphql/past.ts";
import { type MemberNode, memberFilter, memberLoader } from "../identity/service.ts";
import { type ValidatorNode, validatorLoader } from "../validators/service.ts";
import {
  listPositions,
  listRequests,
  type PositionRow,
  positionById,
  type RequestRow,
  redelPools,
  requestById,
  topPositions,
} from "./repository.ts";
import { earned, maturityOf, owed, type Pool, tokensBehind } from "./rules.ts";

const positionNode = (row: PositionRow, at?: Moment) => ({
  row,
  at,
  positionId: row.position_id,
  memberNo: Number(row.member_no),
  validatorId: Number(row.validator_id),
  shares: row.shares,
  claimedRewards: row.claimed,
  autoCompound: row.auto_compound,
  lienId: row.lien_id === null ? null : Number(row.lien_id),
  since: Number(row.since),
  closedAt: row.closed_at === null ? null : Number(row.closed_at),
});
type PositionNode = ReturnType<typeof positionNode>;

function requestNode(row: RequestRow) {
  const pool = { tokens: BigInt(row.pool_tokens), shares: BigInt(row.pool_shares), gen: row.pool_gen };
  return {
    requestId: row.request_id,
    memberNo: Number(row.member_no),
    validatorId: Number(row.validator_id),
    positionId: row.position_id === "0" ? null : row.position_id,
    kind: row.kind === 0 ? "DELEGATION" : "SELF_STAKE",
    value: row.paid ?? String(tokensBehind(pool, BigInt(row.cohort_shares), row.gen)),
    tokensAtRequest: row.tokens_at_request,
    requestedAt: Number(row.requested_at),
    maturesAt: Number(row.matures_at),
    claimedAt: row.claimed_at === null ? null : Number(row.claimed_at),
    lienBurned: row.lien_burned,
  };
}

interface ListArgs extends PageArgs, PastArgs {
  memberNo?: number | null;
  address?: string | null;
  validatorId?: number | null;
  closed?: boolean | null;
  claimed?: boolean | null;
}

async function stakingPositions(_root: unknown, args: ListArgs, context: Context) {
  const page = pageOf(args, ["wide"]);
  const at = await momentOf(args, context);
  const by = {
    memberNo: await memberFilter(args, context, at),
    validatorId: args.validatorId ?? null,
    closed: args.closed ?? false,
  };
  const rows = await listPositions(context.read, by, page, at);
  const stamp = await stampOf({ at }, context);
  return connection(
    rows,
    page,
    stamp,
    (row) => [row.position_id],
    (row) => positionNode(row, at),
  );
}

async function unstakingRequests(_root: unknown, args: ListArgs, context: Context) {
  const page = pageOf(args, ["wide"]);
  const by = { memberNo: await memberFilter(args, context), claimed: args.claimed ?? false };
  const rows = await listRequests(context.read, by, page);
  return connection(rows, page, await context.asOfBlock(), (row) => [row.request_id], requestNode);
}

/** @throws `INPUT_INVALID` */
function numbered(id: string): string {
  if (!/^\d{1,78}$/.test(id)) throw codedError("INPUT_INVALID", "an id is a whole number, as a string of digits");
  return id;
}

const delegatorLoader = (context: Context, count: number) =>
  context.once(`delegators:${count}`, () => {
    const load = async (ids: readonly number[]) => {
      const rows = (await topPositions(context.read, ids, count)).map((row) => positionNode(row));
      return ids.map((id) => rows.filter((row) => row.validatorId === id));
    };
    return new DataLoader<number, PositionNode[]>(load);
  });

interface CohortKey {
  src: number;
  day: number;
}

const redelLoader = (context: Context, at: Moment) =>
  context.once(`redelPools:${at?.number}`, () => {
    const load = async (keys: readonly CohortKey[]) => {
      const rows = await redelPools(context.read, keys, at?.number);
      return keys.map(({ src, day }): Pool | null => {
        const row = rows.find((one) => Number(one.validator_id) === src && Number(one.day) === day);
        return row ? { tokens: BigInt(row.redel_tokens), shares: BigInt(row.redel_shares), gen: row.redel_gen } : null;
      });
    };
    const cacheKeyFn = ({ src, day }: CohortKey) => `${src}:${day}`;
    return new DataLoader<CohortKey, Pool | null, string>(load, { cacheKeyFn });
  });

async function lien({ row, at }: PositionNode, _args: unknown, context: Context) {
  if (row.lien_id === null || row.lien_src === null) return null;
  const [source, day] = [Number(row.lien_src), Number(row.lien_day)];
  const redel = await redelLoader(context, at).load({ src: source, day });
  const base = BigInt(row.lien_base ?? 0);
  const terms = { base, redelShares: BigInt(row.lien_shares ?? 0), gen: row.lien_gen ?? 0 };
  return {
    lienId: Number(row.lien_id),
    source,
    base: String(base),
    owed: String(redel ? owed(terms, redel) : 0n),
    maturesAt: maturityOf(day, context.windows),
  };
}

async function pendingRewards(position: PositionNode, _args: unknown, context: Context): Promise<string> {
  const { row, validatorId, at } = position;
  const shares = BigInt(row.shares);
  if (shares === 0n) return row.unpaid;
  const validator = await validatorLoader(context, at).load(validatorId);
  const live = validator?.pool.gen === row.gen ? validator.accumulatorRay : BigInt(row.final_ray ?? 0);
  return String(BigInt(row.unpaid) + earned(shares, live, BigInt(row.acc_paid)));
}

async function positionValue(position: PositionNode, _args: unknown, context: Context): Promise<string> {
  const { row, validatorId, at } = position;
  const validator = await validatorLoader(context, at).load(validatorId);
  return validator ? String(tokensBehind(validator.pool, BigInt(row.shares), row.gen)) : "0";
}

/** Of a member of the past, its positions of the same block, if no other is named. */
const ofMember =
  (list: typeof stakingPositions | typeof unstakingRequests) =>
  ({ memberNo, at }: MemberNode, args: PageArgs & PastArgs, context: Context) =>
    list(undefined, { ...args, memberNo, asOfBlock: args.asOfBlock ?? at?.number ?? null }, context);

const validatorOf = ({ validatorId, at }: { validatorId: number } & Partial<Told>, _args: unknown, context: Context) =>
  validatorLoader(context, at).load(validatorId);

export const past = {
  StakingPosition: [
    ...["asOfBlock", "positionId", "memberNo", "validatorId", "shares", "value", "pendingRewards", "claimedRewards"],
    ...["autoCompound", "lienId", "lien", "since", "closedAt", "validator", "member"],
  ],
  Member: ["stakingPositions"],
};

export const resolvers = {
  Query: {
    stakingPositions,
    unstakingRequests,
    stakingPosition: async (_root: unknown, args: { positionId: string } & PastArgs, context: Context) => {
      const at = await momentOf(args, context);
      const row = await positionById(context.read, numbered(args.positionId), at?.number);
      return row ? positionNode(row, at) : null;
    },
    unstakingRequest: async (_root: unknown, args: { requestId: string }, context: Context) => {
      const row = await requestById(context.read, numbered(args.requestId));
      return row ? requestNode(row) : null;
    },
  },
  Member: { stakingPositions: ofMember(stakingPositions), unstakingRequests: ofMember(unstakingRequests) },
  Validator: {
    delegators: ({ validatorId }: ValidatorNode, args: PageArgs, context: Context) =>
      delegatorLoader(context, pageOf(args, []).limit).load(validatorId),
  },
  StakingPosition: {
    value: positionValue,
    pendingRewards,
    lien,
    validator: validatorOf,
    asOfBlock: (position: PositionNode, _args: unknown, context: Context) => stampOf(position, context),
    member: ({ memberNo, at }: PositionNode, _args: unknown, context: Context) =>
      memberLoader(context, at).load(memberNo),
  },
  UnstakingRequest: { validator: validatorOf },
};
