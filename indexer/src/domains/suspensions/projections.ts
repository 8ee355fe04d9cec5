import { count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projection, Projections } from "../../platform/domain.ts";
import { type OrderKind, orderKinds, stateAfter, stateNumber } from "./rules.ts";

const keyOf = (event: ChainEvent) => ({
  member_no: count(event, "memberNo"),
  suspension_id: count(event, "suspensionId"),
});

const changing =
  (values: (event: ChainEvent) => Row): Projection =>
  async (event, store) =>
    void (await store.change("suspensions", keyOf(event), () => values(event)));

const suspended: Projection = async (event, store) => {
  await store.put("suspensions", keyOf(event), {
    reason: count(event, "reason"),
    state: stateNumber("IMPOSED"),
    evidence_hash: text(event, "evidenceHash"),
    suspended_at: event.blockTime,
    suspended_by: text(event, "by"),
    ends_at: count(event, "until"),
    appeal_by: count(event, "appealBy"),
    statement_hash: null,
    appealed_at: null,
    decide_by: null,
    verdict: null,
    decided_at: null,
    decided_by: null,
    restored_at: null,
    block_number: event.blockNumber,
    tx_hash: event.txHash,
  });
};

const order =
  (kind: OrderKind, document?: string): Projection =>
  async (event, store) =>
    store.append(
      "member_orders",
      { member_no: count(event, "memberNo"), block_number: event.blockNumber, log_index: event.logIndex },
      {
        block_time: event.blockTime,
        tx_hash: event.txHash,
        kind: orderKinds.indexOf(kind),
        until: event.args.until === undefined ? null : count(event, "until"),
        document_hash: document ? text(event, document) : null,
        ordered_by: text(event, "by"),
      },
    );

/** Suspensions step by step; orders as they come. */
export const projections: Projections = {
  SuspensionManager: {
    MemberSuspended: suspended,
    SuspensionAppealed: changing((event) => ({
      state: stateNumber("APPEALED"),
      statement_hash: text(event, "statementHash"),
      appealed_at: event.blockTime,
      decide_by: count(event, "decideBy"),
    })),
    SuspensionDecided: changing((event) => ({
      state: stateAfter(count(event, "verdict")),
      verdict: count(event, "verdict"),
      ends_at: count(event, "endsAt"),
      decided_at: event.blockTime,
      decided_by: text(event, "by"),
    })),
    MemberRestored: changing((event) => ({ state: stateNumber("ENDED"), restored_at: event.blockTime })),
    MemberFrozen: order("FROZEN", "orderHash"),
    FreezeRenewed: order("RENEWED", "orderHash"),
    FreezeLifted: order("LIFTED"),
    MemberTerminated: order("TERMINATED", "reasonHash"),
    MemberBlacklisted: order("BLACKLISTED", "reasonHash"),
    MemberReinstated: order("REINSTATED"),
  },
};
