import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Suspends a member for 24 hours. Only a guardian. */
export const emergencySuspend = defineAction<{ memberNo: bigint; evidenceHash: Hex }>({
  id: "emergency-suspend",
  steps: ({ memberNo, evidenceHash }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "emergencySuspend", args: [memberNo, evidenceHash] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
