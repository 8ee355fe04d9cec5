import { permit } from "../../platform/access/decide.ts";
import { codedError } from "../../platform/graphql/coded-error.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { MOST_BUCKETS } from "../../platform/graphql/limits.ts";
import { accountIdOf, type MemberNode, memberBy } from "../identity/service.ts";
import { credits, flows, flowsOf, paidTo, stakes, votes } from "./repository.ts";
import { type Bucket, readSeries, type Stretch, stretchesOf, unitOf, unitsOf } from "./rules.ts";

interface SeriesArgs {
  bucket: Bucket;
  buckets: number;
  until?: number | null;
}

interface OfWhom extends SeriesArgs {
  validatorId?: number | null;
  memberId?: string | null;
}

const NOTHING = { delegations: 0, delegated: "0", exits: 0, exited: "0" };

/** Stretches of a series, by the time of the block that the answer stands for. */
async function stretched({ bucket, buckets, until }: SeriesArgs, context: Context): Promise<Stretch[]> {
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > MOST_BUCKETS) {
    throw codedError("SERIES_LENGTH_INVALID", `a series has between 1 and ${MOST_BUCKETS} buckets, not ${buckets}`);
  }
  const newest = (await context.asOfBlock())?.timestamp;
  if (newest === undefined) return [];
  return stretchesOf(bucket, buckets, Math.min(until ?? newest, newest));
}

/** The member whose series is asked for, if the asker may see it. @throws {Problem} as `permit` */
async function accountOf(memberId: string, context: Context): Promise<MemberNode> {
  const member = await memberBy({ memberId }, context);
  const subject = member ? ((await accountIdOf(member, context)) ?? undefined) : undefined;
  permit(context.actor, readSeries, context.people().kit.clock(), subject);
  // An auditor alone gets here without one.
  if (!member) throw codedError("MEMBER_NOT_FOUND", "there is no such member");
  return member;
}

function requireOne({ validatorId, memberId }: OfWhom): void {
  if (typeof validatorId === "number" && memberId) {
    throw codedError("INPUT_INVALID", "name a validator or an account, not both");
  }
}

/** A series of one point per stretch. */
async function series<Point>(stretches: Stretch[], points: Point[], context: Context) {
  return {
    asOfBlock: await context.asOfBlock(),
    points: stretches.map((stretch, i) => ({ ...stretch, ...points[i] })),
  };
}

const inUnits = (stretches: Stretch[], unit: "hour" | "day") => ({ unit, ...unitsOf(stretches, unit) });

async function stakeSeries(_root: unknown, args: OfWhom, context: Context) {
  const stretches = await stretched(args, context);
  const rows = await stakes(context.read, inUnits(stretches, unitOf(args.bucket)), args.validatorId ?? undefined);
  const points = rows.map((row) => ({
    ...{ totalStake: row.total_stake, selfStake: row.self_stake, delegated: row.delegated },
  }));
  return series(stretches, points, context);
}

async function rewardSeries(_root: unknown, args: OfWhom, context: Context) {
  requireOne(args);
  const member = args.memberId ? await accountOf(args.memberId, context) : undefined;
  const stretches = await stretched(args, context);
  const amounts = member
    ? (await paidTo(context.read, stretches, member.memberNo)).map((row) => row?.amount ?? "0")
    : await credits(context.read, inUnits(stretches, unitOf(args.bucket)), args.validatorId ?? undefined);
  return series(
    stretches,
    amounts.map((amount) => ({ amount })),
    context,
  );
}

async function delegationSeries(_root: unknown, args: OfWhom, context: Context) {
  requireOne(args);
  const member = args.memberId ? await accountOf(args.memberId, context) : undefined;
  const stretches = await stretched(args, context);
  const points = member
    ? (await flowsOf(context.read, stretches, member.memberNo)).map((row) => row ?? NOTHING)
    : await flows(context.read, inUnits(stretches, "hour"), args.validatorId ?? undefined);
  return series(stretches, points, context);
}

interface VoteArgs extends SeriesArgs {
  proposalId?: string | null;
  memberId?: string | null;
}

async function voteSeries(_root: unknown, args: VoteArgs, context: Context) {
  const { proposalId, memberId } = args;
  if (proposalId && !/^\d{1,78}$/.test(proposalId)) throw codedError("INPUT_INVALID", "proposalId is a whole number");
  const member = memberId ? await accountOf(memberId, context) : undefined;
  const stretches = await stretched(args, context);
  const whose = { proposalId: proposalId ?? undefined, voter: member?.accountAddress };
  const points = (await votes(context.read, stretches, whose)).map((row) => ({
    ballots: row?.ballots ?? 0,
    forVotes: row?.for_votes ?? "0",
    againstVotes: row?.against_votes ?? "0",
    abstainVotes: row?.abstain_votes ?? "0",
  }));
  return series(stretches, points, context);
}

export const resolvers = { Query: { stakeSeries, rewardSeries, delegationSeries, voteSeries } };
