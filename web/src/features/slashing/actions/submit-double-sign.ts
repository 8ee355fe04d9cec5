import { type Client, type Hex, zeroHash } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { slashingOf } from "../queries.ts";

interface Trial {
  /** Of the consensus key; used in the page and kept nowhere. */
  privateKey: Hex;
  chainId: number;
  node: Client;
}

/** Signs two contradicting votes and hands them in against oneself; for the local chain. No commitment, so no bounty. */
export const submitDoubleSign = defineAction<Trial>({
  id: "submit-double-sign",
  steps: async ({ privateKey, chainId, node }, { at }) => {
    const manager = slashingOf(at);
    const { signTwice } = await import("../trial/demo-votes.ts");
    const evidence = await signTwice(node, privateKey, chainId, manager.address);
    return { call: { contract: manager, functionName: "submitDoubleSign", args: [evidence, zeroHash] } };
  },
  title: () => ({}),
  refetch: ["chain", "graphql"],
});
