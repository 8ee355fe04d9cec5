import { type Address, type Hex, zeroAddress } from "viem";
import { useConnection } from "wagmi";
import type { ChainClient } from "../../shared/chain/public-client.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { type Protocol, useProtocol } from "./protocol.ts";
import { type State, stateOf } from "./states.ts";

export interface DecodedArgument {
  name: string;
  type: string;
  value: unknown;
}

export interface ProposalCall {
  target: string;
  value: string;
  calldata: string;
  decoded: { contract: string; signature: string; args: DecodedArgument[] } | null;
}

export interface ListedProposal {
  proposalId: string;
  title: string;
  proposer: string;
  createdAt: number;
  ballotCount: number;
}

export interface RecordedProposal extends ListedProposal {
  description: string;
  calls: ProposalCall[];
  isExtended: boolean;
  queuedAt: number | null;
  executedAt: number | null;
  canceledAt: number | null;
  blockNumber: number;
  transactionHash: string;
  executingTransaction: string | null;
}

export interface Ballot {
  voter: string;
  isOverride: boolean;
  support: "AGAINST" | "FOR" | "ABSTAIN";
  weight: string;
  reduced: string;
  reason: string;
  castAt: number;
  blockNumber: number;
}

export const PROPOSALS = `query Proposals($after: String) { proposals(first: 20, after: $after) {
  pageInfo { endCursor hasNextPage } nodes { proposalId title proposer createdAt ballotCount } } }`;

export const PROPOSAL = `query Proposal($id: String!) { proposal(proposalId: $id) {
  proposalId title proposer description createdAt ballotCount isExtended queuedAt executedAt canceledAt
  blockNumber transactionHash executingTransaction
  calls { target value calldata decoded { contract signature args { name type value } } } } }`;

export const BALLOTS = `query Ballots($id: String!, $after: String) { proposal(proposalId: $id) {
  ballots(first: 20, after: $after) {
    pageInfo { endCursor hasNextPage }
    nodes { voter isOverride support weight reduced reason castAt blockNumber } } } }`;

const OWN_BALLOTS = `query OwnBallots($id: String!, $voter: String!) { proposal(proposalId: $id) {
  ballots(first: 2, voter: $voter) {
    nodes { voter isOverride support weight reduced reason castAt blockNumber } } } }`;

/** The reader's own ballots: a vote, an override, or both. */
export function useOwnBallots(id: string): Ballot[] {
  const { address } = useConnection();
  const { data } = useGraphql<{ proposal: { ballots: { nodes: Ballot[] } } | null }>(
    "own-ballots",
    OWN_BALLOTS,
    { id, voter: address?.toLowerCase() ?? "" },
    { enabled: address !== undefined },
  );
  return (address && data?.proposal?.ballots.nodes) || [];
}

/** A proposal as the chain tells it to one account. */
export interface View {
  state: State;
  snapshot: number;
  deadline: number;
  eta: number;
  quorum: bigint;
  against: bigint;
  for: bigint;
  abstain: bigint;
  /** Own units and votes at the snapshot; both 0 before it. */
  units: bigint;
  votes: bigint;
  delegate: Address;
  weightBps: number;
  hasVoted: boolean;
  hasOverridden: boolean;
}

async function readView(client: ChainClient, { lens }: Protocol, id: bigint, account: Address): Promise<View> {
  const v = await client.readContract({ ...lens, functionName: "proposal", args: [id, account] });
  const { quorum, units, votes, delegate, weightBps, hasVoted, hasOverridden } = v;
  return {
    ...{ quorum, units, votes, delegate, weightBps, hasVoted, hasOverridden },
    state: stateOf(v.state),
    snapshot: Number(v.snapshot),
    deadline: Number(v.deadline),
    eta: Number(v.eta),
    against: v.againstVotes,
    for: v.forVotes,
    abstain: v.abstainVotes,
  };
}

/** A proposal as the chain tells it to the connected account. */
export function useView(id: bigint, enabled = true) {
  const { address = zeroAddress } = useConnection();
  const protocol = useProtocol();
  return useChainRead(["proposal", id, address], ({ client }) => readView(client, protocol, id, address), { enabled });
}

/** Several proposals as the chain tells them; those that it does not know are left out. */
export function useViews(ids: string[] | undefined) {
  const { address = zeroAddress } = useConnection();
  const protocol = useProtocol();
  return useChainRead(
    ["proposals", address, ...(ids ?? [])],
    async ({ client }) => {
      const ask = (id: string) => readView(client, protocol, BigInt(id), address).catch(() => undefined);
      const views = await Promise.all((ids ?? []).map(ask));
      return new Map((ids ?? []).flatMap((id, i) => (views[i] ? [[id, views[i]] as const] : [])));
    },
    { enabled: ids !== undefined },
  );
}

/** What the governor is handed again to queue, execute or cancel. */
export const contentOf = ({ calls }: RecordedProposal) =>
  [
    calls.map(({ target }) => target as Address),
    calls.map(({ value }) => BigInt(value)),
    calls.map(({ calldata }) => calldata as Hex),
  ] as const;
