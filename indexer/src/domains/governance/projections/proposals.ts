import { amount, big, count, text } from "../../../platform/chain/args.ts";
import type { ChainEvent } from "../../../platform/chain/decode.ts";
import type { Store } from "../../../platform/chain/store.ts";
import type { Row } from "../../../platform/db/tables.ts";
import type { Projection } from "../../../platform/domain.ts";
import { tallyColumn } from "../rules.ts";
import { governanceRow, moveGovernance } from "./terms.ts";
import { changeAccount } from "./units.ts";

/** Which of a wallet's ballots: with the votes delegated to it, or with its own units against its delegate's. */
const BALLOT = 0;
const OVERRIDE = 1;

const keyOf = (event: ChainEvent) => ({ proposal_id: amount(event, "proposalId") });
const list = (event: ChainEvent, name: string) => (event.args[name] as unknown[]).map(String);

const created: Projection = async (event, store) => {
  const proposer = text(event, "proposer");
  const { quorum_percent } = await governanceRow(store);
  await store.put("proposals", keyOf(event), {
    proposer,
    description: text(event, "description"),
    targets: list(event, "targets"),
    values: list(event, "values"),
    calldatas: list(event, "calldatas"),
    quorum_percent,
    vote_start: count(event, "voteStart"),
    vote_end: count(event, "voteEnd"),
    extended_to: null,
    against_votes: 0n,
    for_votes: 0n,
    abstain_votes: 0n,
    ballots: 0,
    created_at: event.blockTime,
    block_number: event.blockNumber,
    log_index: event.logIndex,
    tx_hash: event.txHash,
    queued_at: null,
    eta: null,
    executed_at: null,
    executed_tx: null,
    canceled_at: null,
  });
  await changeAccount(store, proposer, (row) => ({ proposals: Number(row.proposals) + 1 }));
};

const changing =
  (values: (event: ChainEvent) => Row): Projection =>
  async (event, store) =>
    void (await store.change("proposals", keyOf(event), () => values(event)));

async function ballot(event: ChainEvent, store: Store, kind: number): Promise<void> {
  const [voter, support, weight] = [text(event, "voter"), count(event, "support"), amount(event, "weight")];
  const column = tallyColumn(support);
  await store.change("proposals", keyOf(event), (row) => ({
    [column]: big(row, column) + weight,
    ballots: Number(row.ballots) + 1,
  }));
  await store.put(
    "ballots",
    { ...keyOf(event), voter, kind },
    {
      support,
      weight,
      reduced: 0n,
      reason: text(event, "reason"),
      cast_at: event.blockTime,
      block_number: event.blockNumber,
      tx_hash: event.txHash,
    },
  );
  await changeAccount(store, voter, (row) => ({ ballots: Number(row.ballots) + 1 }));
}

/** A delegator took its units back from the ballot of its delegate. */
const reduced: Projection = async (event, store) => {
  const weight = amount(event, "weight");
  const column = tallyColumn(count(event, "support"));
  await store.change("proposals", keyOf(event), (row) => ({ [column]: big(row, column) - weight }));
  const key = { ...keyOf(event), voter: text(event, "delegate"), kind: BALLOT };
  await store.change("ballots", key, (row) => ({ reduced: big(row, "reduced") + weight }));
};

const term =
  (column: string, name: string): Projection =>
  async (event, store) =>
    void (await moveGovernance(store, () => ({ [column]: amount(event, name) })));

/** Proposals from creation to execution, their ballots, and the terms of voting. */
export const proposals: Record<string, Projection> = {
  ProposalCreated: created,
  ProposalExtended: changing((event) => ({ extended_to: count(event, "extendedDeadline") })),
  ProposalQueued: changing((event) => ({ queued_at: event.blockTime, eta: count(event, "etaSeconds") })),
  ProposalExecuted: changing((event) => ({ executed_at: event.blockTime, executed_tx: event.txHash })),
  ProposalCanceled: changing((event) => ({ canceled_at: event.blockTime })),
  VoteCast: (event, store) => ballot(event, store, BALLOT),
  OverrideVoteCast: (event, store) => ballot(event, store, OVERRIDE),
  VoteReduced: reduced,
  VotingDelaySet: term("voting_delay", "newVotingDelay"),
  VotingPeriodSet: term("voting_period", "newVotingPeriod"),
  ProposalThresholdSet: term("proposal_threshold", "newProposalThreshold"),
  QuorumNumeratorUpdated: term("quorum_percent", "newQuorumNumerator"),
  LateQuorumVoteExtensionSet: term("late_quorum_extension", "newVoteExtension"),
  ProposalGuardianSet: async (event, store) =>
    void (await moveGovernance(store, () => ({ guardian: text(event, "newProposalGuardian") }))),
};
