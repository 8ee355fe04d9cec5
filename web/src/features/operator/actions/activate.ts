import { defineAction } from "../../../shared/action/define.ts";

/** Enters the active set; when it is full, in the place of the active validator with the least stake. */
export const activate = defineAction<{ validatorId: number; replace: number }>({
  id: "activate",
  steps: ({ validatorId, replace }) => ({
    call: { contract: "validators", functionName: "activate", args: [validatorId, replace] },
  }),
  title: ({ validatorId }) => ({ id: String(validatorId) }),
  refetch: ["chain", "graphql"],
});
