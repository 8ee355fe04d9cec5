import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import type { Address, Hex } from "viem";
import type { Contracts } from "../../shared/chain/contracts.ts";
import { type Reader, useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { type Reason, reasons, type State, states, type Verdict } from "./reasons.ts";

export const suspensionsOf = (at: Contracts) =>
  ({ address: at.addressOf("SuspensionManager"), abi: suspensionManagerAbi }) as const;

/** A suspension as it stands on chain. */
export interface ChainSuspension {
  suspensionId: number;
  memberNo: bigint;
  reason: Reason;
  state: State;
  suspendedAt: number;
  /** As things stand: an appeal that nobody decides ends it at its deadline. */
  endsAt: number;
  /** As imposed or decided. */
  term: number;
  appealBy: number;
  decideBy: number;
  by: Address;
  evidenceHash: Hex;
  statementHash: Hex;
  /** Whether it is the one that keeps the member from acting. */
  isInForce: boolean;
  /** Bits of what stands against restoring the member. */
  checklist: bigint;
}

export async function readSuspension({ client, at }: Reader, suspensionId: number): Promise<ChainSuspension | null> {
  const manager = suspensionsOf(at);
  const args = [BigInt(suspensionId)] as const;
  const [known, endsAt] = await Promise.all([
    client.readContract({ ...manager, functionName: "suspension", args }),
    client.readContract({ ...manager, functionName: "endsAtOf", args }),
  ]);
  if (known.state === 0) return null;
  const { memberNo, suspendedAt, appealBy, decideBy, by, evidenceHash, statementHash } = known;
  const [current, checklist] = await Promise.all([
    client.readContract({ ...manager, functionName: "currentOf", args: [memberNo] }),
    client.readContract({ ...manager, functionName: "checklistOf", args: [memberNo] }),
  ]);
  return {
    ...{ suspensionId, memberNo, suspendedAt, endsAt, appealBy, decideBy, by, evidenceHash, statementHash, checklist },
    reason: reasons[known.reason] ?? "EMERGENCY",
    state: states[known.state] ?? "NONE",
    term: known.endsAt,
    isInForce: current === BigInt(suspensionId),
  };
}

export const useSuspension = (suspensionId: number) =>
  useChainRead(["suspension", suspensionId], (reader) => readSuspension(reader, suspensionId), {
    enabled: suspensionId > 0,
  });

/** What the record adds: who acted when. */
export interface RecordedSuspension {
  appealedAt: number | null;
  decidedAt: number | null;
  decidedBy: Address | null;
  verdict: Verdict | null;
  restoredAt: number | null;
  transactionHash: Hex;
}

const SUSPENSION_RECORD = `query SuspensionRecord($id: Int!) { suspension(suspensionId: $id) {
  appealedAt decidedAt decidedBy verdict restoredAt transactionHash } }`;

export const useRecordedSuspension = (suspensionId: number) =>
  useGraphql<{ suspension: RecordedSuspension | null }>(
    "suspension",
    SUSPENSION_RECORD,
    { id: suspensionId },
    { enabled: suspensionId > 0 },
  );

/** Whether an appeal can still be made, by the chain's clock. */
export const canAppeal = ({ state, appealBy }: ChainSuspension, now: number) => state === "IMPOSED" && now < appealBy;
export const canDecide = ({ state, decideBy }: ChainSuspension, now: number) => state === "APPEALED" && now < decideBy;
