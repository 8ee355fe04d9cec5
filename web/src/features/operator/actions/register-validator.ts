import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";

export interface Registration {
  name: string;
  keyType: number;
  consensusKey: Hex;
  proof: Hex;
  commissionBps: number;
  maxCommissionBps: number;
  minDelegation: bigint;
}

export const registerValidator = defineAction<Registration>({
  id: "register-validator",
  steps: ({ proof, ...params }) => ({
    call: { contract: "validators", functionName: "register", args: [params, proof] },
  }),
  title: ({ name }) => ({ name }),
  refetch: ["chain", "graphql"],
});
