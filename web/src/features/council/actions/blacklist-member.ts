import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Bars a member for a grave breach. Only the council. */
export const blacklistMember = defineAction<{ memberNo: bigint; reasonHash: Hex }>({
  id: "blacklist-member",
  steps: ({ memberNo, reasonHash }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "blacklist", args: [memberNo, reasonHash] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
