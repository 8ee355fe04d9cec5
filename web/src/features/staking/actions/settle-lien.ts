import { defineAction } from "../../../shared/action/define.ts";

export const settleLien = defineAction<{ positionId: bigint }>({
  id: "settle-lien",
  steps: ({ positionId }) => ({ call: { contract: "core", functionName: "settleLien", args: [positionId] } }),
  title: ({ positionId }) => ({ id: String(positionId) }),
  refetch: ["chain", "graphql"],
});
