import { type Call, defineAction, type Permit, withTolerance } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

interface Input {
  validatorId: number;
  name: string;
  tokens: bigint;
}

export const delegate = defineAction<Input>({
  id: "delegate",
  steps: async ({ validatorId, tokens }, { client, at }) => {
    const { del } = await client.readContract({ ...at.core, functionName: "validatorStake", args: [validatorId] });
    const shares = del.tokens === 0n ? tokens : (tokens * del.shares) / del.tokens;
    const args = [validatorId, tokens, withTolerance(shares)] as const;
    const withPermit = (permit: Permit): Call => ({
      contract: "core",
      functionName: "delegateWithPermit",
      args: [...args, permit],
    });
    return { call: { contract: "core", functionName: "delegate", args }, spend: { tokens, withPermit } };
  },
  title: ({ name, tokens }) => ({ name, amount: formatAmount(tokens) }),
  scopes: ["entry"],
  refetch: ["chain", "graphql"],
});
