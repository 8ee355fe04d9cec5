import { protocolLensAbi } from "@tburn/deployments/abi/protocol-lens";
import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import type { Address, Hex } from "viem";
import type { Contracts } from "../../shared/chain/contracts.ts";
import { type Reader, useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { kinds, type SlashKind, type SlashState, type SlashVerdict, states } from "./kinds.ts";

export const slashingOf = (at: Contracts) =>
  ({ address: at.addressOf("SlashingManager"), abi: slashingManagerAbi }) as const;

/** A case as it stands on chain. */
export interface ChainCase {
  caseId: number;
  validatorId: number;
  kind: SlashKind;
  state: SlashState;
  faultAt: number;
  openedAt: number;
  fraction: bigint;
  isRatified: boolean;
  reporter: Address;
  bond: bigint;
  evidenceHash: Hex;
  deadlines: { appealBy: number; decideBy: number; lateFrom: number; executeBy: number };
  can: { appeal: boolean; decide: boolean; ratify: boolean; execute: boolean; lapse: boolean };
}

async function readCase({ client, at }: Reader, caseId: number): Promise<ChainCase | null> {
  const count = await client.readContract({ ...slashingOf(at), functionName: "caseCount" });
  if (BigInt(caseId) > count) return null;
  const lens = { address: at.addressOf("ProtocolLens"), abi: protocolLensAbi } as const;
  const seen = await client.readContract({ ...lens, functionName: "slashCase", args: [BigInt(caseId)] });
  const { validatorId, kind, state, tau, openedAt, fraction, ratified, reporter, bond, evidenceHash } = seen.slashCase;
  return {
    ...{ caseId, validatorId, openedAt, fraction, reporter, bond, evidenceHash },
    kind: kinds[kind] ?? "DOUBLE_SIGN",
    state: states[state] ?? "NONE",
    faultAt: tau,
    isRatified: ratified,
    deadlines: seen.deadlines,
    can: seen.actions,
  };
}

export const useCase = (caseId: number) =>
  useChainRead(["slash-case", caseId], (reader) => readCase(reader, caseId), { enabled: caseId > 0 });

export interface SignedVotes {
  key: Hex;
  votes: { chainId: string; height: string; round: number; step: number; blockHash: Hex }[];
  signatures: Hex[];
}

/** What the record adds to a case: who acted when, and what it took. */
export interface RecordedCase {
  caseId: number;
  validatorId: number;
  kind: SlashKind;
  state: SlashState;
  faultAt: number;
  openedAt: number;
  openedBlock: number;
  fractionBps: number;
  proposedFractionBps: number;
  evidenceHash: Hex;
  evidence: SignedVotes | null;
  transactionHash: Hex;
  appealBy: number;
  decideBy: number;
  executeBy: number;
  appealedAt: number | null;
  appealedBy: Address | null;
  statementHash: Hex | null;
  verdict: SlashVerdict | null;
  decidedAt: number | null;
  decidedBy: Address | null;
  ratifiedAt: number | null;
  closedAt: number | null;
  closingTransaction: Hex | null;
  taken: string | null;
  burned: string | null;
  bounty: string | null;
  insurance: string | null;
  compensation: string | null;
  bondReturned: string | null;
  bondForfeited: string | null;
  validator: { name: string; positionCount: number };
}

const SLASH_CASE_FIELDS = `caseId validatorId kind state faultAt openedAt openedBlock fractionBps proposedFractionBps
  evidenceHash evidence { key signatures votes { chainId height round step blockHash } } transactionHash
  appealBy decideBy executeBy appealedAt appealedBy statementHash verdict decidedAt decidedBy ratifiedAt
  closedAt closingTransaction taken burned bounty insurance compensation bondReturned bondForfeited
  validator { name positionCount }`;

const SLASH_CASE = `query SlashCaseRecord($id: Int!) { slashCase(caseId: $id) { ${SLASH_CASE_FIELDS} } }`;

export const useRecordedCase = (caseId: number) =>
  useGraphql<{ slashCase: RecordedCase | null }>("slash-case", SLASH_CASE, { id: caseId }, { enabled: caseId > 0 });

export const VALIDATOR_CASES = `query ValidatorCases($after: String, $validatorId: Int!) {
  slashCases(first: 20, after: $after, validatorId: $validatorId) {
    pageInfo { endCursor hasNextPage } nodes { ${SLASH_CASE_FIELDS} } } }`;
