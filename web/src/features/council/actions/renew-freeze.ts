import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Lets a freeze in force end later. Only the council, and nobody who froze. */
export const renewFreeze = defineAction<{ memberNo: bigint; seconds: number; orderHash: Hex }>({
  id: "renew-freeze",
  steps: ({ memberNo, seconds, orderHash }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "renewFreeze", args: [memberNo, seconds, orderHash] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
