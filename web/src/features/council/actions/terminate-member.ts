import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Ends a membership. Only the council. */
export const terminateMember = defineAction<{ memberNo: bigint; reasonHash: Hex }>({
  id: "terminate-member",
  steps: ({ memberNo, reasonHash }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "terminate", args: [memberNo, reasonHash] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
