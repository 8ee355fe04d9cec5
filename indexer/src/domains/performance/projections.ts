import { amount, count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projection, Projections } from "../../platform/domain.ts";
import { stateNumber } from "./rules.ts";

const keyOf = (event: ChainEvent) => ({ epoch: count(event, "epoch") });
const blank = { state: stateNumber("VOTING"), support: 0, confirmations: 0 };

/** Changes an epoch's report, which begins with the first vote. */
async function report(event: ChainEvent, store: Store, values: Row): Promise<void> {
  const row = await store.find("epoch_reports", keyOf(event));
  await store.put("epoch_reports", keyOf(event), { ...(row ? {} : blank), ...values });
}

const reporting =
  (values: (event: ChainEvent) => Row): Projection =>
  (event, store) =>
    report(event, store, values(event));

const reporter =
  (active: boolean): Projection =>
  async (event, store) =>
    void (await store.put("reporters", { account: text(event, "member") }, { active, since: event.blockTime }));

async function submitted(event: ChainEvent, store: Store): Promise<void> {
  await report(event, store, {});
  const key = { ...keyOf(event), reporter: text(event, "member") };
  const vote = { hash: text(event, "hash"), version: count(event, "version"), voted_at: event.blockTime };
  await store.put("report_votes", key, { ...vote, confirmed_at: null });
}

async function confirmed(event: ChainEvent, store: Store): Promise<void> {
  await report(event, store, { confirmations: count(event, "confirmations") });
  const key = { ...keyOf(event), reporter: text(event, "member") };
  const vote = await store.find("report_votes", key);
  const first = { hash: text(event, "hash"), version: 0, voted_at: event.blockTime };
  await store.put("report_votes", key, { ...(vote ? {} : first), confirmed_at: event.blockTime });
}

async function validatorReported(event: ChainEvent, store: Store): Promise<void> {
  await store.put(
    "validator_epochs",
    { validator_id: count(event, "validatorId"), epoch: count(event, "epoch") },
    {
      proposed: count(event, "proposed"),
      attested: count(event, "attested"),
      missed: count(event, "missed"),
      uptime_bps: count(event, "uptimeBps"),
      down: event.args.down,
      amount: amount(event, "amount"),
      reported_at: event.blockTime,
      block_number: event.blockNumber,
    },
  );
}

/** Reports, vote by vote and page by page. */
export const projections: Projections = {
  PerformanceOracle: {
    MemberAdded: reporter(true),
    MemberRemoved: reporter(false),
    ReportSubmitted: submitted,
    ReportConfirmed: confirmed,
    ConsensusReached: reporting((event) => ({
      state: stateNumber("AGREED"),
      hash: text(event, "hash"),
      support: count(event, "support"),
      confirmations: 0,
      reached_at: event.blockTime,
    })),
    ConsensusLost: reporting(() => ({ ...blank, hash: null, reached_at: null })),
    ReportStarted: reporting((event) => ({
      state: stateNumber("PROCESSING"),
      from_block: count(event, "fromBlock"),
      to_block: count(event, "toBlock"),
      item_count: count(event, "count"),
      total_amount: amount(event, "totalAmount"),
      started_at: event.blockTime,
    })),
    ReportSuperseded: reporting(() => ({ state: stateNumber("SUPERSEDED") })),
    ReportProcessed: reporting((event) => ({
      state: stateNumber("PROCESSED"),
      processed_at: event.blockTime,
      tx_hash: event.txHash,
    })),
    ValidatorReported: validatorReported,
  },
};
