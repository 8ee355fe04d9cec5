import { defineAction } from "../../../shared/action/define.ts";
import { tierEngine } from "../tier/engine.ts";

/** Has the tier engine look at the facts: it announces a change, or makes an announced one the tier in force. */
export const evaluateTier = defineAction<{ memberNo: bigint; tier: string }>({
  id: "evaluate-tier",
  steps: ({ memberNo }, { deployment }) => ({
    call: { contract: tierEngine(deployment), functionName: "evaluate", args: [memberNo] },
  }),
  title: ({ tier }) => ({ tier }),
  refetch: ["chain", "graphql"],
});
