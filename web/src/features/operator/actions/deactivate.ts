import { defineAction } from "../../../shared/action/define.ts";

/** Leaves the active set; stake and delegations stay. */
export const deactivate = defineAction<{ validatorId: number }>({
  id: "deactivate",
  steps: ({ validatorId }) => ({ call: { contract: "validators", functionName: "deactivate", args: [validatorId] } }),
  title: ({ validatorId }) => ({ id: String(validatorId) }),
  refetch: ["chain", "graphql"],
});
