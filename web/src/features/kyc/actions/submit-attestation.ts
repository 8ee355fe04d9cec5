import { decodeFunctionData, type Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { authorised, type Session } from "../../../shared/session/session.ts";
import { pathOf } from "../queries.ts";

interface Signed {
  intent: { to: string; data: Hex };
}

/** Hands the attester's word to the chain. Of what the server offers, nothing but an attestation is signed. */
export const submitAttestation = defineAction<{ session: Session; level: string }>({
  id: "submit-attestation",
  steps: async ({ session }, { at }) => {
    const { intent } = await authorised<Signed>("POST", `${pathOf(session)}/attestation`);
    const { functionName, args } = decodeFunctionData({ abi: at.kyc.abi, data: intent.data });
    if (functionName !== "attest") throw new Error("the server offers another transaction than an attestation");
    return { call: { contract: "kyc", functionName, args } };
  },
  title: ({ level }) => ({ level }),
  refetch: ["chain", "graphql", "kyc"],
});
