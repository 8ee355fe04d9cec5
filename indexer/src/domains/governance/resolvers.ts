import DataLoader from "dataloader";
import { codedError } from "../../platform/graphql/coded-error.ts";
import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { type Moment, momentOf, type PastArgs, stampOf, upTo } from "../../platform/graphql/past.ts";
import { asNumber, lists } from "../../platform/graphql/rows.ts";
import { type MemberNode, memberLoader } from "../identity/service.ts";
import {
  type AccountRow,
  accountOf,
  type BallotRow,
  ballotsBy,
  ballotsFor,
  listDelegates,
  listProposals,
  pastAccountOf,
  powerOf,
  proposalsById,
  statementsOf,
  terms,
} from "./repository.ts";
import { supports } from "./rules.ts";
import { type ProposalNode, proposalNode } from "./service.ts";
import { standingOf } from "./standing.ts";
import { publishStatement, type SignedStatement, type StatementNode, statementNode } from "./statements.ts";

const ballotNode = (row: BallotRow) => ({
  proposalId: row.proposal_id,
  voter: row.voter,
  isOverride: row.kind === 1,
  support: supports[row.support],
  weight: row.weight,
  reduced: row.reduced,
  reason: row.reason,
  castAt: Number(row.cast_at),
  blockNumber: Number(row.block_number),
  transactionHash: row.tx_hash,
});
type BallotNode = ReturnType<typeof ballotNode>;

const delegateNode = (row: AccountRow, at?: Moment) => ({
  at,
  address: row.account,
  memberNo: asNumber(row.member_no),
  units: row.units,
  votes: row.votes,
  delegatedTo: row.delegate,
  delegatorCount: row.delegators,
  ballotCount: row.ballots,
  proposalCount: row.proposals,
});
type DelegateNode = ReturnType<typeof delegateNode>;

/** @throws `INPUT_INVALID` */
function addressOf(text: string): string {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw codedError("INPUT_INVALID", "an address is 0x and 40 hex digits");
  return text.toLowerCase();
}

/** @throws `INPUT_INVALID` */
function proposalIdOf(text: string): string {
  if (!/^\d{1,78}$/.test(text)) throw codedError("INPUT_INVALID", "a proposal id is a whole number, as digits");
  return text;
}

const proposalLoader = (context: Context) =>
  context.once("proposals", () => {
    const load = async (ids: readonly string[]) => {
      const rows = await proposalsById(context.read, ids);
      const found = new Map(rows.map((row) => [row.proposal_id, proposalNode(row, context)]));
      return ids.map((id) => found.get(id) ?? null);
    };
    return new DataLoader<string, ProposalNode | null>(load);
  });

const ballotLoader = (context: Context, count: number) =>
  lists(
    context,
    `ballotsBy:${count}`,
    (voters: readonly string[]) => ballotsBy(context.read, voters, count),
    (row) => row.voter,
    ballotNode,
  );

const statementLoader = (context: Context) =>
  context.once("statements", () => {
    const load = async (accounts: readonly string[]) => {
      const rows = await statementsOf(context.read, accounts);
      const found = new Map(rows.map((row) => [row.account, statementNode(row, context.chainId)]));
      return accounts.map((account) => found.get(account) ?? null);
    };
    return new DataLoader<string, StatementNode | null>(load);
  });

interface ProposalArgs extends PageArgs {
  proposer?: string | null;
}

async function proposals(_root: unknown, args: ProposalArgs, context: Context) {
  const page = pageOf(args, ["whole", "whole"]);
  const rows = await listProposals(context.read, args.proposer ? addressOf(args.proposer) : null, page);
  const cursorOf = (row: { block_number: string; log_index: number }) => [row.block_number, String(row.log_index)];
  return connection(rows, page, await context.asOfBlock(), cursorOf, (row) => proposalNode(row, context));
}

async function ballots({ proposalId }: ProposalNode, args: PageArgs & { voter?: string | null }, context: Context) {
  const page = pageOf(args, ["wide", "text", "whole"]);
  const voter = args.voter ? addressOf(args.voter) : null;
  const rows = await ballotsFor(context.read, proposalId, voter, page);
  const cursorOf = (row: BallotRow) => [row.weight, row.voter, String(row.kind)];
  return connection(rows, page, await context.asOfBlock(), cursorOf, ballotNode);
}

async function governance(_root: unknown, _args: unknown, context: Context) {
  const row = await terms(context.read);
  if (!row) return null;
  return {
    totalUnits: row.units,
    votingDelay: Number(row.voting_delay),
    votingPeriod: Number(row.voting_period),
    lateQuorumExtension: Number(row.late_quorum_extension),
    proposalThreshold: row.proposal_threshold,
    quorumPercent: row.quorum_percent,
    guardian: row.guardian,
  };
}

async function delegate(_root: unknown, args: { address: string } & PastArgs, context: Context) {
  const [account, at] = [addressOf(args.address), await momentOf(args, context)];
  const row = at ? pastAccountOf(context.read, account, at.number) : accountOf(context.read, account);
  const found = await row;
  return found ? delegateNode(found, at) : null;
}

async function voteHistory({ address, at }: DelegateNode, args: PageArgs, context: Context) {
  const rows = await powerOf(context.read, address, pageOf(args, []).limit, upTo(at));
  return rows.map((row) => ({
    at: Number(row.block_time),
    blockNumber: Number(row.block_number),
    votes: row.votes,
  }));
}

export const past = {
  Delegate: [
    ...["asOfBlock", "address", "memberNo", "member", "units", "votes", "delegatedTo", "delegatorCount", "ballotCount"],
    ...["proposalCount", "history"],
  ],
};

export const resolvers = {
  Query: {
    governance,
    proposals,
    proposal: (_root: unknown, args: { proposalId: string }, context: Context) =>
      proposalLoader(context).load(proposalIdOf(args.proposalId)),
    delegates: async (_root: unknown, args: PageArgs, context: Context) => {
      const page = pageOf(args, ["wide", "text"]);
      const rows = await listDelegates(context.read, page);
      return connection(
        rows,
        page,
        await context.asOfBlock(),
        (row) => [row.votes, row.account],
        (row) => delegateNode(row),
      );
    },
    delegate,
  },
  Mutation: {
    publishDelegateStatement: async (_root: unknown, args: { statement: SignedStatement }, context: Context) => {
      const { statement } = args;
      return publishStatement({ ...statement, delegate: addressOf(statement.delegate) }, context);
    },
  },
  Member: {
    governance: (member: MemberNode, _args: unknown, context: Context) => standingOf(member, context),
    proposals: ({ accountAddress }: MemberNode, args: PageArgs, context: Context) =>
      proposals(undefined, { ...args, proposer: accountAddress }, context),
  },
  Proposal: { ballots },
  Ballot: {
    proposal: ({ proposalId }: BallotNode, _args: unknown, context: Context) =>
      proposalLoader(context).load(proposalId),
  },
  Delegate: {
    asOfBlock: (node: DelegateNode, _args: unknown, context: Context) => stampOf(node, context),
    member: ({ memberNo, at }: DelegateNode, _args: unknown, context: Context) =>
      memberNo === null ? null : memberLoader(context, at).load(memberNo),
    statement: ({ address }: DelegateNode, _args: unknown, context: Context) => statementLoader(context).load(address),
    ballots: ({ address }: DelegateNode, args: PageArgs, context: Context) =>
      ballotLoader(context, pageOf(args, []).limit).load(address),
    history: voteHistory,
  },
};
