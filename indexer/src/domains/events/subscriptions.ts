import { codedError } from "../../platform/graphql/coded-error.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { blockLoader } from "../blocks/service.ts";
import { type MemberNode, memberLoader } from "../identity/service.ts";
import { validatorLoader } from "../validators/service.ts";
import { accountUpdated, permitFollowing } from "./following.ts";
import { eventNode } from "./nodes.ts";
import { type ActivityRow, between, type Concerned, eventsOf } from "./repository.ts";

/** Blocks told one by one after a pause; beyond it a subscriber hears of the newest ones only. */
const MOST_BLOCKS = 200;
const MOST_EVENTS = 1_000;

interface Stretch {
  from: number;
  to: number;
}

/** Stretches of blocks that became new: after a reorganisation from the first block that changed. */
async function* stretches(context: Context): AsyncGenerator<Stretch> {
  let told = (await context.asOfBlock())?.number ?? -1;
  await context.renew();
  try {
    for await (const { undoneTo } of context.news({ blocks: true })) {
      // The notification may be older than what has been committed since.
      const to = (await context.asOfBlock())?.number ?? -1;
      if (undoneTo !== undefined) told = Math.min(undoneTo, told);
      if (to > told) yield { from: Math.max(told + 1, to - MOST_BLOCKS + 1), to };
      told = to;
      // The message has been sent; the next one reads anew.
      await context.renew();
    }
  } finally {
    await context.end();
  }
}

async function* networkEvents(context: Context) {
  for await (const { from, to } of stretches(context)) {
    const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const blocks = await blockLoader(context).loadMany(numbers);
    const events = (await eventsOf(context.read, numbers)).map(eventNode);
    for (const block of blocks) {
      if (!block || block instanceof Error) continue;
      yield { networkEvents: { block, events: events.filter((event) => event.blockNumber === block.number) } };
    }
  }
}

async function* concerned(context: Context, by: Concerned): AsyncGenerator<ActivityRow[]> {
  for await (const stretch of stretches(context)) {
    const rows = await between(context.read, by, stretch, MOST_EVENTS);
    if (rows.length > 0) yield rows;
  }
}

async function* memberUpdated(context: Context, memberNo: number) {
  for await (const _ of concerned(context, { memberNo, validatorId: null })) {
    const member = await memberLoader(context).load(memberNo);
    if (member) yield { memberUpdated: member };
  }
}

async function* validatorMetrics(context: Context, validatorId: number) {
  for await (const _ of concerned(context, { memberNo: null, validatorId })) {
    const validator = await validatorLoader(context).load(validatorId);
    if (validator) yield { validatorMetrics: validator };
  }
}

const payments: Record<string, string> = {
  RewardsClaimed: "CLAIM",
  RewardsCompounded: "COMPOUND",
  CommissionClaimed: "COMMISSION",
};

function payment(row: ActivityRow) {
  const kind = payments[row.event];
  if (!kind) return undefined;
  const args = row.args as Record<string, string>;
  const amount = args.amount ?? String(BigInt(args.commission ?? 0) + BigInt(args.selfRewards ?? 0));
  const node = eventNode(row);
  return { ...node, kind, amount, paidTo: args.to ?? null, validatorId: node.validatorId ?? 0 };
}

async function* rewardDistributed(context: Context, memberNo: number) {
  for await (const rows of concerned(context, { memberNo, validatorId: null })) {
    for (const row of rows) {
      const paid = payment(row);
      if (paid) yield { rewardDistributed: paid };
    }
  }
}

type Root = unknown;

interface MemberArgs {
  memberNo?: number | null;
  memberId?: string | null;
}

function followed({ memberNo, memberId }: MemberArgs, context: Context) {
  if (memberId && typeof memberNo !== "number") return accountUpdated(context, memberId);
  if (!memberId && typeof memberNo === "number") return memberUpdated(context, memberNo);
  throw codedError("INPUT_INVALID", "name the member by memberNo or by memberId");
}

export const subscriptions = {
  Subscription: {
    networkEvents: { subscribe: (_: Root, _args: unknown, context: Context) => networkEvents(context) },
    memberUpdated: {
      subscribe: (_: Root, args: MemberArgs, context: Context) => followed(args, context),
      resolve: (told: { memberUpdated: MemberNode }, { memberId }: MemberArgs, context: Context) => {
        // Asked of whoever the asker is by now; the stream had begun with whoever it was then.
        if (memberId) permitFollowing(context, memberId);
        return told.memberUpdated;
      },
    },
    validatorMetrics: {
      subscribe: (_: Root, { validatorId }: { validatorId: number }, context: Context) =>
        validatorMetrics(context, validatorId),
    },
    rewardDistributed: {
      subscribe: (_: Root, { memberNo }: { memberNo: number }, context: Context) =>
        rewardDistributed(context, memberNo),
    },
  },
};
