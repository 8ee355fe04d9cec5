import { decodeFunctionData, type Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";

/** Tells the chain that an attestation no longer counts; only the revoker's wallet may. */
export const revokeAttestation = defineAction<{ uid: string; data: Hex }>({
  id: "revoke-attestation",
  steps: ({ data }, { at }) => {
    const { functionName, args } = decodeFunctionData({ abi: at.kyc.abi, data });
    if (functionName !== "revoke") throw new Error("the server offers another transaction than a revocation");
    return { call: { contract: "kyc", functionName, args } };
  },
  title: () => ({}),
  refetch: ["chain", "graphql", "casework"],
});
