import { defineAction } from "../../../shared/action/define.ts";
import { slashingOf } from "../queries.ts";

/** Closes a case that missed its window. Anyone. */
export const lapseCase = defineAction<{ caseId: number }>({
  id: "lapse-case",
  steps: ({ caseId }, { at }) => ({
    call: { contract: slashingOf(at), functionName: "lapse", args: [BigInt(caseId)] },
  }),
  title: ({ caseId }) => ({ id: String(caseId) }),
  refetch: ["chain", "graphql"],
});
