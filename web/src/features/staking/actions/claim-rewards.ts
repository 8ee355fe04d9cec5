import { defineAction } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

export const claimRewards = defineAction<{ positionIds: bigint[]; tokens: bigint }>({
  id: "claim-rewards",
  steps: ({ positionIds }) => ({ call: { contract: "vault", functionName: "claimRewards", args: [positionIds] } }),
  title: ({ tokens }) => ({ amount: formatAmount(tokens, 6) }),
  scopes: ["rewards"],
  isPayment: true,
  refetch: ["chain", "graphql"],
});
