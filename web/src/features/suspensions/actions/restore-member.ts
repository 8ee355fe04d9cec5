import { defineAction } from "../../../shared/action/define.ts";
import { suspensionsOf } from "../queries.ts";

/** Gives a member back the standing it had, once nothing stands against it. Anyone. */
export const restoreMember = defineAction<{ memberNo: bigint }>({
  id: "restore-member",
  steps: ({ memberNo }, { at }) => ({
    call: { contract: suspensionsOf(at), functionName: "restore", args: [memberNo] },
  }),
  title: ({ memberNo }) => ({ id: String(memberNo) }),
  refetch: ["chain", "graphql"],
});
