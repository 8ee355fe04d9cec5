import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

export const depositSelf = defineAction<{ validatorId: number; tokens: bigint }>({
  id: "deposit-self",
  steps: ({ validatorId, tokens }) => ({
    call: { contract: "core", functionName: "depositSelf", args: [validatorId, tokens] },
    spend: { tokens },
  }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens) }),
  scopes: ["entry"],
  refetch: ["chain", "graphql"],
});
