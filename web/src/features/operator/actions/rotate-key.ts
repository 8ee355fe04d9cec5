import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";

interface Input {
  validatorId: number;
  keyType: number;
  consensusKey: Hex;
  proof: Hex;
}

/** Puts a new consensus key in the place of the old one, which can never be used again. */
export const rotateKey = defineAction<Input>({
  id: "rotate-key",
  steps: ({ validatorId, keyType, consensusKey, proof }) => ({
    call: {
      contract: "validators",
      functionName: "rotateConsensusKey",
      args: [validatorId, keyType, consensusKey, proof],
    },
  }),
  title: ({ validatorId }) => ({ id: String(validatorId) }),
  refetch: ["chain", "graphql"],
});
