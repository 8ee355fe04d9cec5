import { defineAction, withTolerance } from "../../../shared/action/define.ts";

interface Input {
  positionId: bigint;
  from: string;
  dst: number;
  to: string;
}

export const redelegate = defineAction<Input>({
  id: "redelegate",
  steps: async ({ positionId, dst }, { client, at }) => {
    const [value, { del }] = await Promise.all([
      client.readContract({ ...at.core, functionName: "positionValue", args: [positionId] }),
      client.readContract({ ...at.core, functionName: "validatorStake", args: [dst] }),
    ]);
    const shares = del.tokens === 0n ? value : (value * del.shares) / del.tokens;
    return { call: { contract: "core", functionName: "redelegate", args: [positionId, dst, withTolerance(shares)] } };
  },
  title: ({ from, to }) => ({ from, to }),
  scopes: ["redelegation"],
  refetch: ["chain", "graphql"],
});
