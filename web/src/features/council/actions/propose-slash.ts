import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { type ArguedKind, arguedKinds, officesOf } from "../contracts.ts";

export interface Accusation {
  validatorId: number;
  kind: ArguedKind;
  /** Unix seconds of the fault. */
  faultAt: number;
  /** Of 10^18. */
  fraction: bigint;
  evidenceHash: Hex;
  /** What the contract takes as a deposit. */
  bond: bigint;
}

/** Opens a case that no signature proves, with a bond. Only the committee. */
export const proposeSlash = defineAction<Accusation>({
  id: "propose-slash",
  steps: ({ validatorId, kind, faultAt, fraction, evidenceHash, bond }, { at }) => ({
    call: {
      contract: officesOf(at).slashing,
      functionName: "proposeSlash",
      args: [validatorId, arguedKinds[kind], faultAt, fraction, evidenceHash],
    },
    spend: bond > 0n ? { tokens: bond } : undefined,
  }),
  title: ({ validatorId }) => ({ id: String(validatorId) }),
  refetch: ["chain", "graphql"],
});
