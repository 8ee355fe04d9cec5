import { amount, count, plainArgs, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projection, Projections } from "../../platform/domain.ts";
import { stateNumber } from "./rules.ts";

const keyOf = (event: ChainEvent) => ({ case_id: count(event, "caseId") });

/** A projection that changes the case of its event. */
const changing =
  (values: (event: ChainEvent) => Row): Projection =>
  async (event: ChainEvent, store: Store) => {
    await store.change("slash_cases", keyOf(event), () => values(event));
  };

async function opened(event: ChainEvent, store: Store): Promise<void> {
  await store.put("slash_cases", keyOf(event), {
    validator_id: count(event, "validatorId"),
    kind: count(event, "kind"),
    state: stateNumber("REPORTED"),
    proven: event.args.proven,
    tau: count(event, "tau"),
    proposed_fraction: amount(event, "fraction"),
    fraction: amount(event, "fraction"),
    evidence_hash: text(event, "evidenceHash"),
    reporter: text(event, "reporter"),
    opened_at: event.blockTime,
    opened_block: event.blockNumber,
    tx_hash: event.txHash,
    appeal_by: count(event, "appealBy"),
    decide_by: count(event, "decideBy"),
    execute_by: count(event, "executeBy"),
  });
}

/** Cases against validators, step by step. */
export const projections: Projections = {
  SlashingManager: {
    CaseOpened: opened,
    EvidenceSubmitted: changing((event) => {
      const { caseId: _, ...evidence } = plainArgs(event);
      return { evidence };
    }),
    ReportClaimed: changing((event) => ({ reporter: text(event, "reporter") })),
    CaseAppealed: changing((event) => ({
      state: stateNumber("APPEALED"),
      statement_hash: text(event, "statementHash"),
      appealed_at: event.blockTime,
      appealed_by: text(event, "by"),
    })),
    CaseDecided: changing((event) => ({
      state: stateNumber("DECIDED"),
      verdict: count(event, "verdict"),
      fraction: amount(event, "fraction"),
      decided_at: event.blockTime,
      decided_by: text(event, "by"),
    })),
    CaseRatified: changing((event) => ({ ratified_at: event.blockTime })),
    CaseClosed: changing((event) => ({
      state: count(event, "state"),
      closed_at: event.blockTime,
      closed_tx: event.txHash,
      taken: amount(event, "taken"),
      burned: amount(event, "burned"),
      bounty: amount(event, "bounty"),
      insurance: amount(event, "insurance"),
    })),
    Compensated: changing((event) => ({ compensation: amount(event, "amount") })),
    BondReturned: changing((event) => ({ bond_returned: amount(event, "amount") })),
    BondForfeited: changing((event) => ({ bond_forfeited: amount(event, "amount") })),
  },
};
