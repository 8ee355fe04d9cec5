import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

export const claimCommission = defineAction<{ validatorId: number; tokens: bigint }>({
  id: "claim-commission",
  steps: ({ validatorId }) => ({ call: { contract: "vault", functionName: "claimCommission", args: [validatorId] } }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens, 6) }),
  scopes: ["rewards"],
  isPayment: true,
  refetch: ["chain", "graphql"],
});
