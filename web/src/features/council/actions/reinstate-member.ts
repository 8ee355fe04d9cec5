import { defineAction } from "../../../shared/action/define.ts";
import { officesOf } from "../contracts.ts";

/** Takes a terminated or blacklisted member back. Only the council. */
export const reinstateMember = defineAction<{ memberNo: bigint }>({
  id: "reinstate-member",
  steps: ({ memberNo }, { at }) => ({
    call: { contract: officesOf(at).suspensions, functionName: "reinstate", args: [memberNo] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
