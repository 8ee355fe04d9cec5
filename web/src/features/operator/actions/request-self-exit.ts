import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

export const requestSelfExit = defineAction<{ validatorId: number; tokens: bigint }>({
  id: "request-self-exit",
  steps: ({ validatorId, tokens }) => ({
    call: { contract: "core", functionName: "requestSelfExit", args: [validatorId, tokens] },
  }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens) }),
  scopes: ["exit"],
  refetch: ["chain", "graphql"],
});
