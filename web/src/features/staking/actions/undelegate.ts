import { defineAction, withTolerance } from "../../../shared/action/define.ts";
import { formatAmount } from "../../../shared/format/amount.ts";

interface Input {
  positionId: bigint;
  name: string;
  tokens: bigint;
  /** Everything, whatever it is worth by then. */
  isWhole: boolean;
}

export const undelegate = defineAction<Input>({
  id: "undelegate",
  steps: async ({ positionId, tokens, isWhole }, { client, at }) => {
    const [{ shares }, value] = await Promise.all([
      client.readContract({ ...at.core, functionName: "position", args: [positionId] }),
      client.readContract({ ...at.core, functionName: "positionValue", args: [positionId] }),
    ]);
    const leaving = isWhole || tokens >= value ? shares : (shares * tokens) / value;
    const args = [positionId, leaving, withTolerance(isWhole ? value : tokens)];
    return { call: { contract: "core", functionName: "undelegate", args } };
  },
  title: ({ name, tokens }) => ({ name, amount: formatAmount(tokens) }),
  scopes: ["exit"],
  refetch: ["chain", "graphql"],
});
