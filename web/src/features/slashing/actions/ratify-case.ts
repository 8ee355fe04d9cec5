import { defineAction } from "../../../shared/action/define.ts";
import { slashingOf } from "../queries.ts";

/** The council lets a case execute although slashes of seven days exceed the limit. */
export const ratifyCase = defineAction<{ caseId: number }>({
  id: "ratify-case",
  steps: ({ caseId }, { at }) => ({
    call: { contract: slashingOf(at), functionName: "ratify", args: [BigInt(caseId)] },
  }),
  title: ({ caseId }) => ({ id: String(caseId) }),
  refetch: ["chain", "graphql"],
});
