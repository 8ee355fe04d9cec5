import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Holds payments to a member back by legal order. Only compliance. */
export const freezeMember = defineAction<{ memberNo: bigint; seconds: number; orderHash: Hex }>({
  id: "freeze-member",
  steps: ({ memberNo, seconds, orderHash }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "freeze", args: [memberNo, seconds, orderHash] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
