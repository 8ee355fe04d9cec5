import { connection, type PageArgs, pageOf } from "../../platform/graphql/connection.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { asNumber, lists } from "../../platform/graphql/rows.ts";
import { type ValidatorNode, validatorLoader } from "../validators/service.ts";
import { type CaseRow, caseById, casesOf, type Evidence, listCases } from "./repository.ts";
import {
  fractionBps,
  kindName,
  kindNumber,
  type SlashKind,
  type SlashState,
  stateName,
  stateNumber,
  verdictName,
} from "./rules.ts";

const evidenceNode = ({ key, a, b, sigA, sigB }: Evidence) => ({ key, votes: [a, b], signatures: [sigA, sigB] });

/** A case as the API tells it. */
const caseNode = (row: CaseRow) => ({
  caseId: Number(row.case_id),
  validatorId: Number(row.validator_id),
  kind: kindName(row.kind),
  state: stateName(row.state),
  proven: row.proven,
  faultAt: Number(row.tau),
  proposedFractionBps: fractionBps(BigInt(row.proposed_fraction)),
  fractionBps: fractionBps(BigInt(row.fraction)),
  evidenceHash: row.evidence_hash,
  evidence: row.evidence && evidenceNode(row.evidence),
  reporter: row.reporter,
  openedAt: Number(row.opened_at),
  openedBlock: Number(row.opened_block),
  transactionHash: row.tx_hash,
  appealBy: Number(row.appeal_by),
  decideBy: Number(row.decide_by),
  executeBy: Number(row.execute_by),
  statementHash: row.statement_hash,
  appealedAt: asNumber(row.appealed_at),
  appealedBy: row.appealed_by,
  verdict: row.verdict === null ? null : verdictName(row.verdict),
  decidedAt: asNumber(row.decided_at),
  decidedBy: row.decided_by,
  ratifiedAt: asNumber(row.ratified_at),
  closedAt: asNumber(row.closed_at),
  closingTransaction: row.closed_tx,
  taken: row.taken,
  burned: row.burned,
  bounty: row.bounty,
  insurance: row.insurance,
  compensation: row.compensation,
  bondReturned: row.bond_returned,
  bondForfeited: row.bond_forfeited,
});
type CaseNode = ReturnType<typeof caseNode>;

interface Args extends PageArgs {
  validatorId?: number | null;
  state?: SlashState[] | null;
  kind?: SlashKind[] | null;
}

async function slashCases(_root: unknown, args: Args, context: Context) {
  const page = pageOf(args, ["whole"]);
  const filter = {
    validatorId: args.validatorId ?? null,
    states: args.state?.map(stateNumber) ?? null,
    kinds: args.kind?.map(kindNumber) ?? null,
  };
  const rows = await listCases(context.read, filter, page);
  return connection(rows, page, await context.asOfBlock(), (row) => [row.case_id], caseNode);
}

const casesLoader = (context: Context, count: number) =>
  lists(
    context,
    `cases:${count}`,
    (ids: readonly number[]) => casesOf(context.read, ids, count),
    (row) => Number(row.validator_id),
    caseNode,
  );

export const resolvers = {
  Query: {
    slashCases,
    slashCase: async (_root: unknown, { caseId }: { caseId: number }, context: Context) => {
      const row = await caseById(context.read, caseId);
      return row ? caseNode(row) : null;
    },
  },
  SlashCase: {
    validator: ({ validatorId }: CaseNode, _args: unknown, context: Context) =>
      validatorLoader(context).load(validatorId),
  },
  Validator: {
    cases: ({ validatorId }: ValidatorNode, args: PageArgs, context: Context) =>
      casesLoader(context, pageOf(args, []).limit).load(validatorId),
  },
};
