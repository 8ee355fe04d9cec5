import { defineAction } from "../../../shared/action/define.ts";
import { slashingOf } from "../queries.ts";

/** Slashes once the verdict stands. Anyone. */
export const executeCase = defineAction<{ caseId: number }>({
  id: "execute-case",
  steps: ({ caseId }, { at }) => ({
    call: { contract: slashingOf(at), functionName: "execute", args: [BigInt(caseId)] },
  }),
  title: ({ caseId }) => ({ id: String(caseId) }),
  refetch: ["chain", "graphql"],
});
