import type { Hex } from "viem";
import { defineAction } from "../../../shared/action/define.ts";
import { officesOf, type Reason, reasons } from "../contracts.ts";

export interface Suspending {
  memberNo: bigint;
  reason: Reason;
  evidenceHash: Hex;
  seconds: number;
}

/** Suspends a member for a reason and a time. Only compliance. */
export const suspendMember = defineAction<Suspending>({
  id: "suspend-member",
  steps: ({ memberNo, reason, evidenceHash, seconds }, { at }) => ({
    call: {
      contract: officesOf(at).suspensions,
      functionName: "suspend",
      args: [memberNo, reasons.indexOf(reason), evidenceHash, seconds],
    },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
