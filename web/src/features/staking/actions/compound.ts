import { defineAction, withTolerance } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

export const compound = defineAction<{ positionId: bigint; validatorId: number; tokens: bigint }>({
  id: "compound",
  steps: async ({ positionId, validatorId, tokens }, { client, at }) => {
    const { del } = await client.readContract({ ...at.core, functionName: "validatorStake", args: [validatorId] });
    const shares = del.tokens === 0n ? tokens : (tokens * del.shares) / del.tokens;
    return { call: { contract: "vault", functionName: "compound", args: [positionId, withTolerance(shares)] } };
  },
  title: ({ tokens }) => ({ amount: formatAmount(tokens, 6) }),
  scopes: ["rewards"],
  refetch: ["chain", "graphql"],
});
