import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

export const claim = defineAction<{ requestIds: bigint[]; tokens: bigint }>({
  id: "claim",
  steps: ({ requestIds }) => ({ call: { contract: "core", functionName: "claim", args: [requestIds] } }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens) }),
  scopes: ["claim", "slashing"],
  isPayment: true,
  refetch: ["chain", "graphql"],
});
