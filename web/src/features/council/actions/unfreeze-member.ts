import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Ends a freeze. Compliance or council. */
export const unfreezeMember = defineAction<{ memberNo: bigint }>({
  id: "unfreeze-member",
  steps: ({ memberNo }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "unfreeze", args: [memberNo] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
