import type { Context } from "../../platform/graphql/context.ts";
import type { Live } from "../../platform/graphql/live.ts";
import { memberLoader } from "../identity/resolvers.ts";
import { validatorLoader } from "../validators/resolvers.ts";
import { type ActivityRow, activity, blockAt, eventsOf } from "./repository.ts";
import { eventNode } from "./resolvers.ts";

/** A context per message: loaders must not remember the block before. */
type Fresh = () => Context;

async function* concerned(
  live: Live,
  fresh: Fresh,
  by: { memberNo: number | null; validatorId: number | null },
): AsyncGenerator<ActivityRow[]> {
  let last = (await activity(fresh().read, by, { limit: 1, after: undefined }))[0];
  for await (const _ of live.blocks()) {
    const rows = await activity(fresh().read, by, { limit: 50, after: undefined });
    const isNew = (row: ActivityRow) =>
      !last ||
      Number(row.block_number) > Number(last.block_number) ||
      (row.block_number === last.block_number && row.log_index > last.log_index);
    const news = rows.filter(isNew).reverse();
    last = rows[0] ?? last;
    if (news.length > 0) yield news;
  }
}

async function* networkEvents(live: Live, fresh: Fresh) {
  for await (const number of live.blocks()) {
    const { read } = fresh();
    const [row, events] = await Promise.all([blockAt(read, number), eventsOf(read, [number])]);
    if (!row) continue;
    const block = { number, hash: row.hash, timestamp: Number(row.block_time) };
    yield { networkEvents: { block, events: events.map(eventNode) } };
  }
}

async function* memberUpdated(live: Live, fresh: Fresh, memberNo: number) {
  for await (const _ of concerned(live, fresh, { memberNo, validatorId: null })) {
    yield { memberUpdated: await memberLoader(fresh()).load(memberNo) };
  }
}

async function* validatorMetrics(live: Live, fresh: Fresh, validatorId: number) {
  for await (const _ of concerned(live, fresh, { memberNo: null, validatorId })) {
    yield { validatorMetrics: await validatorLoader(fresh()).load(validatorId) };
  }
}

const payments: Record<string, string> = {
  RewardsClaimed: "CLAIM",
  RewardsCompounded: "COMPOUND",
  CommissionClaimed: "COMMISSION",
};

async function* rewardDistributed(live: Live, fresh: Fresh, memberNo: number) {
  for await (const rows of concerned(live, fresh, { memberNo, validatorId: null })) {
    for (const row of rows) {
      const kind = payments[row.event];
      if (!kind) continue;
      const args = row.args as Record<string, string>;
      const amount = args.amount ?? String(BigInt(args.commission ?? 0) + BigInt(args.selfRewards ?? 0));
      const node = eventNode(row);
      yield {
        rewardDistributed: { ...node, kind, amount, paidTo: args.to ?? null, validatorId: node.validatorId ?? 0 },
      };
    }
  }
}

/** Subscriptions over `live`; each message reads with a fresh context. */
export const subscriptions = (live: Live, fresh: Fresh) => ({
  Subscription: {
    networkEvents: { subscribe: () => networkEvents(live, fresh) },
    memberUpdated: {
      subscribe: (_: unknown, { memberNo }: { memberNo: number }) => memberUpdated(live, fresh, memberNo),
    },
    validatorMetrics: {
      subscribe: (_: unknown, { validatorId }: { validatorId: number }) => validatorMetrics(live, fresh, validatorId),
    },
    rewardDistributed: {
      subscribe: (_: unknown, { memberNo }: { memberNo: number }) => rewardDistributed(live, fresh, memberNo),
    },
  },
});
