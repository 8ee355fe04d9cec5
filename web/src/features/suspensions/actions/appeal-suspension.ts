import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { suspensionsOf } from "../queries.ts";

/** Contests a suspension, once; only the member's owner. */
export const appealSuspension = defineAction<{ suspensionId: number; hash: Hex }>({
  id: "appeal-suspension",
  steps: ({ suspensionId, hash }, { at }) => ({
    call: { contract: suspensionsOf(at), functionName: "appeal", args: [BigInt(suspensionId), hash] },
  }),
  title: ({ suspensionId }) => ({ id: String(suspensionId) }),
  refetch: ["chain", "graphql"],
});
