import type { Client, Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { provable, type SignedPair } from "../evidence/provable.ts";
import { slashingOf } from "../queries.ts";

interface Report {
  pair: SignedPair;
  /** Of the commitment made before. */
  salt: Hex;
  node: Client;
}

/** Opens a case with two contradicting votes of one key. Anyone; the bounty goes to who had committed to them. */
export const submitDoubleSign = defineAction<Report>({
  id: "submit-double-sign",
  steps: async ({ pair, salt, node }, { at }) => ({
    call: { contract: slashingOf(at), functionName: "submitDoubleSign", args: [await provable(node, pair), salt] },
  }),
  title: () => ({}),
  refetch: ["chain", "graphql"],
});
