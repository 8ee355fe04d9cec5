import { defineAction } from "../../../shared/action/define.ts";

/** Ends a jail term that has passed. */
export const unjail = defineAction<{ validatorId: number }>({
  id: "unjail",
  steps: ({ validatorId }) => ({ call: { contract: "validators", functionName: "unjail", args: [validatorId] } }),
  title: ({ validatorId }) => ({ id: String(validatorId) }),
  refetch: ["chain", "graphql"],
});
