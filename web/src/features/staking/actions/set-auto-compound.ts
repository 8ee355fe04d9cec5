import { defineAction } from "../../../shared/action/define.ts";

export const setAutoCompound = defineAction<{ positionId: bigint; isOn: boolean }>({
  id: "set-auto-compound",
  steps: ({ positionId, isOn }) => ({
    call: { contract: "vault", functionName: "setAutoCompound", args: [positionId, isOn] },
  }),
  title: ({ positionId }) => ({ id: String(positionId) }),
  refetch: ["chain", "graphql"],
});
