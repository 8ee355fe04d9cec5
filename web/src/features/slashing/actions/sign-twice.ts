import { type Client, type Hex, zeroHash } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { provable } from "../evidence/provable.ts";
import { slashingOf } from "../queries.ts";

interface Trial {
  /** Of the consensus key; used in the page and kept nowhere. */
  privateKey: Hex;
  chainId: number;
  node: Client;
}

/** Signs two contradicting votes and hands them in against oneself; for the local chain. No commitment, so no bounty. */
export const signTwice = defineAction<Trial>({
  id: "sign-twice",
  steps: async ({ privateKey, chainId, node }, { at }) => {
    const contract = slashingOf(at);
    const { signTwice: sign } = await import("../trial/demo-votes.ts");
    const evidence = await provable(node, await sign(node, privateKey, chainId, contract.address));
    return { call: { contract, functionName: "submitDoubleSign", args: [evidence, zeroHash] } };
  },
  title: () => ({}),
  refetch: ["chain", "graphql"],
});
